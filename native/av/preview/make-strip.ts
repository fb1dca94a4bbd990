/** Thumbnails of a shot in one picture, so that a page fetches and keeps one thing a shot. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { StripMakeRequest } from '../../../app/contract/jobs/preview.ts';
import { tileHeight, tileWidth } from '../../../app/contract/strip-tiles.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { FrameHandle } from '../codec/handles.ts';
import { ConformedFrames } from '../picture/conformed-frames.ts';
import { writePicture } from './picture-file.ts';
import { planeBytes } from './plane-bytes.ts';
import { jpegFormat } from './small-formats.ts';

/** Throws `decode.failed` where not one tile can be had; one that does not decode shows the tile before it, or else the first there is. */
export async function makeStrip({ runs, tiles, path }: StripMakeRequest, context: JobContext): Promise<void> {
  const format = jpegFormat(tileWidth, tileHeight);
  const made = new Map<number, Uint8Array>();
  let failure: unknown = null;
  for (const { input, ranks } of runs) {
    using frames = new ConformedFrames({ input, format, deinterlace: false, outputs: [{ frames: ranks }] }, { progress: () => undefined, checkpoint: () => context.checkpoint() });
    for (const rank of ranks) {
      try {
        using frame = await frames.take(rank);
        made.set(rank, planeBytes(frame));
      } catch (error) {
        if (!(error instanceof StringoutError && error.code === 'decode.failed')) throw error;
        failure ??= error;
      }
      context.progress(made.size, tiles.length);
    }
  }
  let [shown] = made.values();
  if (!shown) throw failure;
  const width = tileWidth * tiles.length;
  const planes = new Uint8Array((width * tileHeight * 3) / 2);
  for (const [i, rank] of tiles.entries()) {
    shown = made.get(rank) ?? shown;
    placeTile(shown, planes, i, tiles.length);
  }
  using atlas = FrameHandle.picture(width, tileHeight, format.pixelFormat, planes);
  await writePicture(path, atlas, jpegFormat(width, tileHeight));
}

function placeTile(tile: Uint8Array, planes: Uint8Array, index: number, count: number): void {
  let from = 0;
  let to = 0;
  for (const [width, height] of [[tileWidth, tileHeight], [tileWidth / 2, tileHeight / 2], [tileWidth / 2, tileHeight / 2]] as const) {
    for (let row = 0; row < height; row++) planes.set(tile.subarray(from + row * width, from + (row + 1) * width), to + row * width * count + index * width);
    from += width * height;
    to += width * height * count;
  }
}
