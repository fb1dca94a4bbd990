/** New ids in the head of a slice and in buffering-period SEI, for H.264 and HEVC. */
import { BitReader, BitWriter } from './bits.ts';
import { replaceHead, unescape } from './emulation.ts';
import { seiMessage } from './sei-message.ts';
import { isSameClass } from './id-table.ts';
import type { Edit, NalRewriter } from './sample-rewriter.ts';

export type IdChange = { readonly pps: ReadonlyMap<number, number>; readonly sps: ReadonlyMap<number, number> };

/** Enough for first_mb_in_slice, slice_type and the id of any picture size, unescaped. */
const headBytes = 48;

export function h264Rewriter(ids: IdChange): NalRewriter {
  return (bytes, isWhole) => {
    const type = (bytes[0] ?? 0) & 31;
    if (type === 7 || type === 8 || type === 13 || type === 15) return 'drop';
    if (type === 6) return isWhole ? bufferingPeriod(bytes, 1, ids.sps) : null;
    if (type !== 1 && type !== 2 && type !== 5 && type !== 19) return 'keep';
    return slice(bytes, isWhole, ids.pps, (bits) => {
      bits.at = 8;
      bits.ue();
      bits.ue();
    });
  };
}

export function hevcRewriter(ids: IdChange): NalRewriter {
  return (bytes, isWhole) => {
    const type = ((bytes[0] ?? 0) >> 1) & 63;
    if (type >= 32 && type <= 34) return 'drop';
    if (type === 39) return isWhole ? bufferingPeriod(bytes, 2, ids.sps) : null;
    if (type > 31) return 'keep';
    return slice(bytes, isWhole, ids.pps, (bits) => {
      bits.at = 17;
      if (type >= 16 && type <= 23) bits.at++;
    });
  };
}

/** `skip` moves to the id. Its length changes by whole bytes, so all bits behind it keep their place in a byte. */
function slice(bytes: Uint8Array, isWhole: boolean, pps: ReadonlyMap<number, number>, skip: (bits: BitReader) => void): 'keep' | Edit | null {
  const rbsp = unescape(bytes.subarray(0, headBytes));
  const bits = new BitReader(rbsp);
  skip(bits);
  const idAt = bits.at;
  const id = bits.ue();
  const changed = pps.get(id);
  if (changed === undefined || changed === id) return 'keep';
  const headLength = Math.ceil(bits.at / 8);
  const head = new BitWriter().copy(rbsp, 0, idAt).ue(changed).copy(rbsp, bits.at, headLength * 8).bytes();
  const replaced = replaceHead(bytes, isWhole, headLength, head);
  return replaced && { at: 0, ...replaced };
}

/** An SEI NAL with a buffering period (payload type 0), which begins with the SPS id; the message goes where its new id does not fit. */
function bufferingPeriod(bytes: Uint8Array, headerLength: number, sps: ReadonlyMap<number, number>): 'keep' | 'drop' | Edit {
  const rbsp = unescape(bytes);
  const out: number[] = [...rbsp.subarray(0, headerLength)];
  let isChanged = false;
  let messages = 0;
  let at = headerLength;
  while (at + 2 < rbsp.length) {
    const start = at;
    const { type, payload, end } = seiMessage(rbsp, at);
    at = end;
    const changed = type === 0 ? changedPeriod(payload, sps) : null;
    if (!changed) {
      messages++;
      out.push(...rbsp.subarray(start, at));
      continue;
    }
    isChanged = true;
    if (changed.length === 0) continue;
    messages++;
    out.push(0);
    for (let left = changed.length; ; left -= 255) {
      out.push(Math.min(left, 255));
      if (left < 255) break;
    }
    out.push(...changed);
  }
  if (!isChanged) return 'keep';
  if (messages === 0) return 'drop';
  out.push(...rbsp.subarray(at));
  const replaced = replaceHead(bytes, true, rbsp.length, Uint8Array.from(out));
  return replaced ? { at: 0, ...replaced } : 'keep';
}

/** Empty: drop it. Null: as it was. */
function changedPeriod(payload: Uint8Array, sps: ReadonlyMap<number, number>): Uint8Array | null {
  const bits = new BitReader(payload);
  const id = bits.ue();
  const changed = sps.get(id);
  if (changed === undefined || changed === id) return null;
  if (!isSameClass(changed, id)) return new Uint8Array(0);
  return new BitWriter().ue(changed).copy(payload, bits.at, payload.length * 8).bytes();
}
