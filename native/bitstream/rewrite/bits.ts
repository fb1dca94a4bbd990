/** Bits of an RBSP, most significant first, with the Exp-Golomb codes of H.264 9.1 and H.265 9.2. */
import { StringoutError } from '../../../app/base/errors.ts';

export class BitReader {
  readonly bytes: Uint8Array;
  /** In bits from the start. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Up to 32 bits. Throws `input.damaged` past the end. */
  u(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.at++) {
      const byte = this.bytes[this.at >> 3];
      if (byte === undefined) throw new StringoutError('input.damaged', 'a parameter set or slice header ends too early; encode this clip instead of copying it');
      value = value * 2 + ((byte >> (7 - (this.at & 7))) & 1);
    }
    return value;
  }

  ue(): number {
    let zeros = 0;
    while (this.u(1) === 0) {
      if (++zeros > 31) throw new StringoutError('input.damaged', 'a number in a parameter set or slice header is impossibly large');
    }
    return 2 ** zeros - 1 + this.u(zeros);
  }

  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

export class BitWriter {
  readonly #bits: number[] = [];

  u(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i--) this.#bits.push(Math.floor(value / 2 ** i) & 1);
    return this;
  }

  ue(value: number): this {
    const length = ueLength(value);
    return this.u(value + 1, length);
  }

  /** Bits [from, to) of an RBSP. */
  copy(bytes: Uint8Array, from: number, to: number): this {
    for (let i = from; i < to; i++) this.#bits.push(((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
    return this;
  }

  /** Whole bytes, the last one filled with zeros. */
  bytes(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(Math.ceil(this.#bits.length / 8));
    this.#bits.forEach((bit, i) => {
      if (bit) out[i >> 3] = (out[i >> 3] ?? 0) | (1 << (7 - (i & 7)));
    });
    return out;
  }
}

/** Bits of ue(value). */
export function ueLength(value: number): number {
  return 2 * Math.floor(Math.log2(value + 1)) + 1;
}

/** Position just behind the last 1 bit: the rbsp_stop_one_bit included. */
export function endOfBits(rbsp: Uint8Array): number {
  for (let i = rbsp.length - 1; i >= 0; i--) {
    const byte = rbsp[i] ?? 0;
    if (byte !== 0) return i * 8 + 8 - Math.log2(byte & -byte);
  }
  return 0;
}
