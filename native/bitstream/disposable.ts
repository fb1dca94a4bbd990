/** Whether a coded picture can be left out because no other needs it, told by the NAL head of its first slice. */
import type { PictureFormat } from '../../app/domain/source.ts';

/** Of length-prefixed samples; false for codecs whose samples do not say so, and where it is not sure. */
export type DisposableTest = (sample: Uint8Array) => boolean;

/** `config`: avcC or hvcC payload. */
export function disposableTest(codec: PictureFormat['codec'], config: Uint8Array): DisposableTest {
  if (intraCodecs.has(codec)) return () => true;
  if (codec === 'h264') return lengthPrefixed(((config[4] ?? 3) & 3) + 1, h264Verdict);
  // With temporal layers a "non-reference" picture may still be needed by a higher layer (H.265, 3.146): only streams of one layer.
  const isOneLayer = (((config[21] ?? 0) >> 3) & 7) === 1;
  if (codec === 'hevc' && isOneLayer) return lengthPrefixed(((config[21] ?? 3) & 3) + 1, hevcVerdict);
  return () => false;
}

/** Every picture stands alone. */
const intraCodecs = new Set(['prores', 'dnxhd', 'mjpeg', 'png', 'tiff', 'dpx', 'exr', 'rawvideo', 'v210', 'jpeg2000', 'dvvideo']);

/** Null: no slice, look at the next unit. */
type Verdict = (head: number) => boolean | null;

/** H.264, 7.4.1: types 1 to 5 are slices; nal_ref_idc 0 is a picture that no other refers to. */
function h264Verdict(head: number): boolean | null {
  const type = head & 31;
  return type >= 1 && type <= 5 ? (head & 0x60) === 0 : null;
}

/** H.265, table 7-1: below 32 are slices; of those below 16 the even ones are sub-layer non-reference pictures. */
function hevcVerdict(head: number): boolean | null {
  const type = (head >> 1) & 63;
  return type < 32 ? type < 16 && type % 2 === 0 : null;
}

function lengthPrefixed(lengthSize: number, verdict: Verdict): DisposableTest {
  return (sample) => {
    for (let at = 0; at + lengthSize < sample.length;) {
      let length = 0;
      for (let i = 0; i < lengthSize; i++) length = length * 256 + (sample[at + i] ?? 0);
      const told = verdict(sample[at + lengthSize] ?? 0);
      if (told !== null) return told;
      at += lengthSize + length;
    }
    return false;
  };
}
