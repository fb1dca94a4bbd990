/** Slice headers of HEVC (7.3.6.1) read for what the picture is, in decode order. */
import { BitReader } from '../rewrite/bits.ts';
import { unescape } from '../rewrite/emulation.ts';
import { unwrapOrder, type CodedPicture } from './picture-order.ts';

const headBytes = 64;

type Sequence = { readonly separatePlanes: boolean; readonly orderBits: number };
type PictureSet = { readonly sps: number; readonly dependentSlices: boolean; readonly hasOutputFlag: boolean; readonly extraBits: number };

export class HevcPictures {
  readonly #sequences = new Map<number, Sequence>();
  readonly #pictures = new Map<number, PictureSet>();
  #period = -1;
  #orderBefore = 0;

  /** Units of one access unit, or of a configuration; without slices there is no picture. Headers that make no sense tell nothing. */
  read(units: readonly Uint8Array[]): CodedPicture | null {
    for (const unit of units) {
      const type = ((unit[0] ?? 0) >> 1) & 63;
      const isBaseLayer = (((unit[0] ?? 0) & 1) << 5 | (unit[1] ?? 0) >> 3) === 0;
      if (!isBaseLayer) continue;
      if (type === 33 || type === 34) this.#readSet(unit, type);
      // Further slices of a picture say the same.
      if (type < 32 && ((unit[2] ?? 0) & 0x80) !== 0) return this.#readSlice(unit, type);
    }
    return null;
  }

  #readSet(unit: Uint8Array, type: number): void {
    try {
      const bits = new BitReader(unescape(unit));
      bits.at = 16;
      if (type === 33) {
        const { id, sequence } = readSequence(bits);
        this.#sequences.set(id, sequence);
        return;
      }
      const id = bits.ue();
      this.#pictures.set(id, { sps: bits.ue(), dependentSlices: bits.u(1) === 1, hasOutputFlag: bits.u(1) === 1, extraBits: bits.u(3) });
    } catch {
      // A set that is damaged is missed where a slice names it.
    }
  }

  #readSlice(unit: Uint8Array, type: number): CodedPicture {
    const temporalLayer = ((unit[1] ?? 0) & 7) - 1;
    const isClosed = type >= 16 && type <= 20;
    const isIdr = type === 19 || type === 20;
    const isIrap = type >= 16 && type <= 23;
    if (isClosed) {
      this.#period++;
      this.#orderBefore = 0;
    }
    const isUnreferenced = type < 16 && type % 2 === 0;
    const facts = { isClosed, isCra: type === 21, isIntra: isIrap, isUnreferenced, temporalLayer, isSecondField: false };
    const low = isIdr ? { value: 0, bits: 16 } : this.#order(unit, isIrap);
    if (!low) return { ...facts, order: null };
    const count = unwrapOrder(low.value, low.bits, this.#orderBefore);
    const isLeading = type >= 6 && type <= 9;
    if (temporalLayer === 0 && !isLeading && !isUnreferenced) this.#orderBefore = count;
    return { ...facts, order: { period: this.#period, count } };
  }

  #order(unit: Uint8Array, isIrap: boolean): { value: number; bits: number } | null {
    try {
      const bits = new BitReader(unescape(unit.subarray(0, headBytes)));
      bits.at = 17;
      if (isIrap) bits.u(1);
      const picture = this.#pictures.get(bits.ue());
      const sequence = picture && this.#sequences.get(picture.sps);
      if (!picture || !sequence) return null;
      bits.u(picture.extraBits);
      bits.ue();
      if (picture.hasOutputFlag) bits.u(1);
      if (sequence.separatePlanes) bits.u(2);
      return { value: bits.u(sequence.orderBits), bits: sequence.orderBits };
    } catch {
      return null;
    }
  }
}

/** 7.3.2.2 up to log2_max_pic_order_cnt_lsb. */
function readSequence(bits: BitReader): { id: number; sequence: Sequence } {
  bits.u(4);
  const subLayers = bits.u(3);
  bits.u(1);
  bits.at += 96;
  const present = Array.from({ length: subLayers }, () => ({ profile: bits.u(1), level: bits.u(1) }));
  if (subLayers > 0) bits.at += 2 * (8 - subLayers);
  for (const layer of present) bits.at += layer.profile * 88 + layer.level * 8;
  const id = bits.ue();
  const separatePlanes = bits.ue() === 3 && bits.u(1) === 1;
  bits.ue();
  bits.ue();
  if (bits.u(1)) for (let i = 0; i < 4; i++) bits.ue();
  bits.ue();
  bits.ue();
  return { id, sequence: { separatePlanes, orderBits: bits.ue() + 4 } };
}
