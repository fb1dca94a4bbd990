/** From a source's tables to what a preview job needs of them. Pure. */
import type { FramesStreamRequest, PeaksMakeRequest, StillMakeRequest, StripMakeRequest } from '../../contract/jobs/preview.ts';
import { stripTiles } from '../../contract/strip-tiles.ts';
import { samplesByRank } from '../../domain/plan/cut-picture.ts';
import { sourceSample } from '../../domain/plan/sound-position.ts';
import { rational } from '../../domain/rational.ts';
import { sampleFlags, sourceFrames, type Picture, type Source } from '../../domain/source.ts';
import { pictureWindow } from '../assembly/picture-window.ts';
import { spanParts } from '../assembly/sound-parts.ts';

const orders = new WeakMap<Picture, Uint32Array>();

function orderOf(picture: Picture): Uint32Array {
  const known = orders.get(picture) ?? samplesByRank(picture.samples);
  orders.set(picture, known);
  return known;
}

/** The rank that frame `frame` shows; frames beyond the ends are the ends. */
function rankAt(source: Source, picture: Picture, frame: number): number {
  const shown = Math.max(0, Math.min(sourceFrames(source) - 1, frame));
  return picture.shown?.[shown] ?? shown;
}

/** Tiles from the nearest samples where decoding can start: a thumbnail need not be the very frame. */
export function stripRequest(source: Source, picture: Picture, path: string): StripMakeRequest {
  const { samples } = picture;
  const order = orderOf(picture);
  const frames = sourceFrames(source);
  const tiles = picture.isStill ? 1 : stripTiles;
  const starts: number[] = [];
  for (let tile = 0; tile < tiles; tile++) {
    let rank = rankAt(source, picture, Math.floor(((2 * tile + 1) * frames) / (2 * tiles)));
    while (rank > 0 && ((samples.flags[order[rank] ?? 0] ?? 0) & sampleFlags.sync) === 0) rank--;
    starts.push(order[rank] ?? 0);
  }
  const picks = Uint32Array.from([...new Set(starts)].toSorted((a, b) => a - b));
  return {
    kind: 'strip.make', path, ranks: Uint32Array.from({ length: stripTiles }, (_, tile) => samples.rank[starts[tile % starts.length] ?? 0] ?? 0),
    input: {
      format: picture.format, config: picture.config, files: source.files, file: samples.file ? picks.map((pick) => samples.file?.[pick] ?? 0) : null,
      offset: Float64Array.from(picks, (pick) => samples.offset[pick] ?? 0), size: picks.map((pick) => samples.size[pick] ?? 0), rank: picks.map((pick) => samples.rank[pick] ?? 0),
    },
  };
}

/** Null where there is no sound. As long as the picture, or as the sound where there is none. */
export function peaksRequest(source: Source, path: string): PeaksMakeRequest | null {
  const { sound, picture } = source;
  if (!sound) return null;
  const { sampleRate } = sound.format;
  const from = sourceSample(sound, 0, rational(1), sampleRate);
  const length = picture && !picture.isStill ? Math.round((sourceFrames(source) * sampleRate * picture.rate.den) / picture.rate.num) : sound.length - Math.max(0, from);
  const [part] = spanParts([{ clip: source.path, source, sound, at: 0, length: Math.max(1, length), from }], sampleRate);
  return part ? { kind: 'peaks.make', part, sampleRate, path } : null;
}

export function stillRequest(source: Source, picture: Picture, frame: number, path: string): StillMakeRequest {
  const rank = rankAt(source, picture, frame);
  return { kind: 'still.make', rank, path, input: pictureWindow(source, picture, orderOf(picture), { from: rank, to: rank + 1 }) };
}

export type FrameRange = {
  readonly from: number;
  /** Exclusive; where `step` is negative the first frame is `to - 1`. */
  readonly to: number;
  /** Every so many frames; negative runs backward. Not 0. */
  readonly step: number;
};

/** Frames decoded in one go where they are sent backward. */
const backwardRun = 12;

export function framesRequest(source: Source, picture: Picture, range: FrameRange, size: { readonly width: number; readonly height: number }, socket: string): FramesStreamRequest {
  const frames: number[] = [];
  const stride = Math.abs(range.step);
  for (let frame = range.from; frame < range.to; frame += stride) frames.push(frame);
  if (range.step < 0) frames.reverse();
  const runLength = range.step < 0 ? backwardRun : Math.max(1, frames.length);
  const runs: FramesStreamRequest['runs'][number][] = [];
  for (let at = 0; at < frames.length; at += runLength) {
    const numbers = Uint32Array.from(frames.slice(at, at + runLength));
    const ranks = numbers.map((frame) => rankAt(source, picture, frame));
    const lowest = ranks.reduce((least, rank) => Math.min(least, rank), Infinity);
    const highest = ranks.reduce((most, rank) => Math.max(most, rank), 0);
    runs.push({ numbers, ranks, input: pictureWindow(source, picture, orderOf(picture), { from: lowest, to: highest + 1 }) });
  }
  return { kind: 'frames.stream', runs, ...size, socket };
}

/** The largest even size of the source's shape within the given one. */
export function sizeWithin({ format }: Picture, most: { readonly width: number; readonly height: number }): { readonly width: number; readonly height: number } {
  const isSideways = format.rotation === 90 || format.rotation === 270;
  const shown = (format.width * format.sar.num) / format.sar.den;
  const [width, height] = isSideways ? [format.height, shown] : [shown, format.height];
  const scale = Math.min(1, most.width / width, most.height / height);
  const even = (value: number): number => Math.max(2, 2 * Math.round((value * scale) / 2));
  return { width: even(width), height: even(height) };
}

