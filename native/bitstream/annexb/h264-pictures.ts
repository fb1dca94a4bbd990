/** Slice headers of H.264 (7.3.3) read for what the picture is, in decode order. */
import { parseH264Sps, type H264Parameters } from '../parse/h264-sps.ts';
import { BitReader } from '../rewrite/bits.ts';
import { unescape } from '../rewrite/emulation.ts';
import { readPps } from '../rewrite/h264-sets.ts';
import { unwrapOrder, type CodedPicture } from './picture-order.ts';

/** Enough for the fields up to the order of any slice, escaped. */
const headBytes = 40;
const idr = 5;

type Slice = { readonly type: number; readonly frame: number; readonly isField: boolean; readonly isBottom: boolean; readonly low: number };

export class H264Pictures {
  readonly #sequences = new Map<number, H264Parameters>();
  /** SPS id by PPS id. */
  readonly #pictures = new Map<number, number>();
  #period = -1;
  #orderBefore = 0;
  #decoded = 0;
  /** A first field that waits for its second. */
  #field: { readonly frame: number; readonly isBottom: boolean } | null = null;

  /** Units of one access unit, or of a configuration; without slices there is no picture. Headers that make no sense tell nothing. */
  read(units: readonly Uint8Array[]): CodedPicture | null {
    let picture: CodedPicture | null = null;
    let isIntra = true;
    for (const unit of units) {
      const type = (unit[0] ?? 0) & 31;
      if (type === 7 || type === 8) this.#readSet(unit, type);
      if (type !== 1 && type !== 2 && type !== idr) continue;
      const kind = sliceType(unit);
      if (kind !== 2 && kind !== 4) isIntra = false;
      picture ??= this.#readSlice(unit, type === idr);
    }
    return picture && { ...picture, isIntra };
  }

  #readSet(unit: Uint8Array, type: number): void {
    try {
      if (type === 7) {
        const sps = parseH264Sps(unit);
        this.#sequences.set(sps.id, sps);
      } else {
        const { id, sps } = readPps(unit);
        this.#pictures.set(id, sps);
      }
    } catch {
      // A set that is damaged is missed where a slice names it.
    }
  }

  #readSlice(unit: Uint8Array, isIdr: boolean): CodedPicture {
    const isReference = ((unit[0] ?? 0) & 0x60) !== 0;
    const facts = { isClosed: isIdr, isCra: false, isIntra: false, isUnreferenced: !isReference, temporalLayer: 0 };
    const { slice, sps } = this.#header(unit, isIdr);
    const isSecondField = slice !== null && slice.isField && this.#field?.frame === slice.frame && this.#field.isBottom !== slice.isBottom;
    this.#field = slice?.isField && !isSecondField ? { frame: slice.frame, isBottom: slice.isBottom } : null;
    if (isIdr && !isSecondField) {
      this.#period++;
      this.#orderBefore = 0;
    }
    if (!slice || !sps) return { ...facts, order: null, isSecondField };
    // Order type 2 shows as it decodes; type 1 could differ, but nobody uses it for that.
    const count = sps.orderBits === 0 ? this.#decoded++ : unwrapOrder(slice.low, sps.orderBits, this.#orderBefore);
    if (isReference) this.#orderBefore = count;
    return { ...facts, isSecondField, order: { period: this.#period, count } };
  }

  #header(unit: Uint8Array, isIdr: boolean): { slice: Slice | null; sps: H264Parameters | null } {
    try {
      const bits = new BitReader(unescape(unit.subarray(0, headBytes)));
      bits.at = 8;
      bits.ue();
      const type = bits.ue() % 5;
      const sps = this.#sequences.get(this.#pictures.get(bits.ue()) ?? -1) ?? null;
      if (!sps) return { slice: null, sps };
      if (sps.separatePlanes) bits.u(2);
      const frame = bits.u(sps.frameNumBits);
      const isField = sps.mayBeFields && bits.u(1) === 1;
      const isBottom = isField && bits.u(1) === 1;
      if (isIdr) bits.ue();
      return { slice: { type, frame, isField, isBottom, low: sps.orderBits > 0 ? bits.u(sps.orderBits) : 0 }, sps };
    } catch {
      return { slice: null, sps: null };
    }
  }
}

/** 0 P, 1 B, 2 I, 3 SP, 4 SI; -1 where the header is damaged. */
function sliceType(unit: Uint8Array): number {
  try {
    const bits = new BitReader(unescape(unit.subarray(0, headBytes)));
    bits.at = 8;
    bits.ue();
    return bits.ue() % 5;
  } catch {
    return -1;
  }
}
