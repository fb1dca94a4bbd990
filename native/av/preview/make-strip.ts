/** Thumbnails of a shot in one picture, so that a page fetches and keeps one thing a shot. */
import type { StripMakeRequest } from '../../../app/contract/jobs/preview.ts';
import { tileHeight, tileWidth } from '../../../app/contract/strip-tiles.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { FrameHandle } from '../codec/handles.ts';
import { ConformedFrames } from '../picture/conformed-frames.ts';
import { writePicture } from './picture-file.ts';
import { planeBytes } from './plane-bytes.ts';
import { jpegFormat } from './small-formats.ts';

/** Throws `decode.failed` where not one tile can be had; a tile that does not decode is the one before it. */
export async function makeStrip({ input, ranks, path }: StripMakeRequest, context: JobContext): Promise<void> {
  const tile = jpegFormat(tileWidth, tileHeight);
  const width = tileWidth * ranks.length;
  const planes = new Uint8Array((width * tileHeight * 3) / 2);
  using frames = new ConformedFrames({ input, format: tile, deinterlace: false, outputs: [{ frames: ranks }] }, context);
  for (let i = 0; i < ranks.length; i++) {
    using frame = await frames.take(ranks[i] ?? 0);
    placeTile(planeBytes(frame), planes, i, ranks.length);
  }
  using atlas = FrameHandle.picture(width, tileHeight, tile.pixelFormat, planes);
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
