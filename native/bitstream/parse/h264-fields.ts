/** Which field of an H.264 picture comes first: told by picture timing (D.1.3), else by the first slice (7.3.3), as FFmpeg's parser does it. */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { BitReader } from '../rewrite/bits.ts';
import { unescape } from '../rewrite/emulation.ts';
import { seiMessage } from '../rewrite/sei-message.ts';
import type { H264Parameters, PicStruct } from './h264-sps.ts';

type FieldOrder = PictureFormat['fieldOrder'];

const pictureTiming = 1;

/** Of an SEI unit; null where it has no picture timing. */
export function orderFromSei(nal: Uint8Array, layout: PicStruct): FieldOrder | null {
  const rbsp = unescape(nal);
  for (let at = 1; at + 2 < rbsp.length;) {
    const message = seiMessage(rbsp, at);
    if (message.type === pictureTiming) return fromPicStruct(message.payload, layout);
    at = message.end;
  }
  return null;
}

/** Table D-1. */
function fromPicStruct(payload: Uint8Array, layout: PicStruct): FieldOrder | null {
  const bits = new BitReader(payload);
  try {
    bits.at = layout.delayBits;
    const structure = bits.u(4);
    if (structure === 1 || structure === 3 || structure === 5) return 'tff';
    return structure === 2 || structure === 4 || structure === 6 ? 'bff' : 'progressive';
  } catch {
    return null;
  }
}

/** `nal`: a slice or its first 40 bytes; `pps`: the picture parameter set it names, escaped. */
export function orderFromSlice(nal: Uint8Array, sps: H264Parameters, pps: Uint8Array): FieldOrder {
  try {
    const set = new BitReader(unescape(pps));
    set.at = 8;
    set.ue();
    set.ue();
    set.u(1);
    const hasBottomDelta = set.u(1) === 1;
    const bits = new BitReader(unescape(nal.subarray(0, 40)));
    bits.u(3);
    const isIdr = bits.u(5) === 5;
    bits.ue();
    bits.ue();
    bits.ue();
    if (sps.separatePlanes) bits.u(2);
    bits.u(sps.frameNumBits);
    if (bits.u(1)) return bits.u(1) ? 'bff' : 'tff';
    if (isIdr) bits.ue();
    if (sps.orderType !== 0 || !hasBottomDelta) return 'progressive';
    bits.u(sps.orderBits);
    const delta = bits.se();
    return delta > 0 ? 'tff' : delta < 0 ? 'bff' : 'progressive';
  } catch {
    return 'unknown';
  }
}
