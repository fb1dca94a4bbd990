/** Two pictures of one format mixed: dissolved, or parted by a wipe's edge. Samples are mixed as they are coded, which is what editors show. */
import { bitDepth } from '../../../app/domain/plan/encoders.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import type { BlendStyle } from '../../../app/domain/timeline.ts';
import { FrameHandle } from '../codec/handles.ts';

/** Part `num`/`den` of the way from the one to the other. The pictures stay the caller's, and so does the result. */
export function blendFrames(from: FrameHandle, to: FrameHandle, format: PictureFormat, style: BlendStyle, num: number, den: number): FrameHandle {
  const isWide = bitDepth(format.pixelFormat) > 8;
  const [a, b] = [samplesOf(from, isWide), samplesOf(to, isWide)];
  const edge = style.kind === 'wipe' ? wipes[style.number] : undefined;
  if (edge) wipe(a, b, planesOf(format), (x, y) => edge(x, y, num / den));
  else for (let i = 0; i < a.length; i++) a[i] = Math.floor(((a[i] ?? 0) * (den - num) + (b[i] ?? 0) * num + den / 2) / den);
  return FrameHandle.picture(format.width, format.height, from.pixelFormat, new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
}

type Samples = Uint8Array | Uint16Array;
type Plane = { readonly width: number; readonly height: number };

/** A copy: planes one after the other, rows without padding, 16 bits in this machine's order. */
function samplesOf(frame: FrameHandle, isWide: boolean): Samples {
  const bytes = Uint8Array.from(frame.native.toBuffer());
  return isWide ? new Uint16Array(bytes.buffer) : bytes;
}

/** Whether the coming picture is seen at x, y (0..1, from the upper left corner), by SMPTE 258M's number. */
const wipes: Readonly<Record<number, (x: number, y: number, part: number) => boolean>> = {
  1: (x, _, part) => x < part,
  2: (_, y, part) => y < part,
  3: (x, y, part) => x < part && y < part,
  4: (x, y, part) => 1 - x < part && y < part,
  5: (x, y, part) => 1 - x < part && 1 - y < part,
  6: (x, y, part) => x < part && 1 - y < part,
  21: (x, _, part) => Math.abs(x - 0.5) < part / 2,
  22: (_, y, part) => Math.abs(y - 0.5) < part / 2,
  101: (x, y, part) => Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5)) < part / 2,
};

function wipe(a: Samples, b: Samples, planes: readonly Plane[], shows: (x: number, y: number) => boolean): void {
  let at = 0;
  for (const { width, height } of planes) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) if (shows((x + 0.5) / width, (y + 0.5) / height)) a[at] = b[at] ?? 0;
    }
  }
}

function planesOf({ width, height, pixelFormat }: PictureFormat): readonly Plane[] {
  if (pixelFormat.startsWith('gray')) return [{ width, height }];
  const [w, h] = /420/.test(pixelFormat) ? [2, 2] : /422/.test(pixelFormat) ? [2, 1] : [1, 1];
  const chroma = { width: Math.ceil(width / w), height: Math.ceil(height / h) };
  return [{ width, height }, chroma, chroma, ...(/^yuva/.test(pixelFormat) ? [{ width, height }] : [])];
}
