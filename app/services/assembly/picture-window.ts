/** The samples of a source that a worker must decode to have some of its frames: all that it needs, and no more. */
import type { PictureInput } from '../../contract/jobs/shared.ts';
import { decodeWindow, type RankRange } from '../../domain/plan/cut-picture.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Picture, Source } from '../../domain/source.ts';

/** `order`: the sample of each rank. */
export function pictureWindow(source: Source, picture: Picture, order: Uint32Array, range: RankRange): PictureInput {
  return samplesInput(source, picture, decodeWindow(picture.samples, order, range));
}

/** These samples, in decode order. */
export function samplesInput(source: Source, picture: Picture, window: Uint32Array): PictureInput {
  const { samples } = picture;
  return {
    format: picture.format,
    config: picture.config,
    files: source.files,
    file: samples.file ? window.map((i) => samples.file?.[i] ?? 0) : null,
    offset: Float64Array.from(window, (i) => samples.offset[i] ?? 0),
    size: window.map((i) => samples.size[i] ?? 0),
    rank: window.map((i) => samples.rank[i] ?? 0),
  };
}

/** Whole clips of interlaced sources in a progressive profile; edges stay what they are. */
export function isDeinterlaced(picture: Picture, isEdge: boolean, profile: Profile): boolean {
  const { fieldOrder } = picture.format;
  return !isEdge && (fieldOrder === 'tff' || fieldOrder === 'bff') && profile.picture.fieldOrder === 'progressive';
}
