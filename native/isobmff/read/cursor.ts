/** Big-endian numbers out of a stretch of bytes, never past its end. */
import { StringoutError } from '../../../app/base/errors.ts';

export function damaged(message: string): StringoutError {
  return new StringoutError('input.damaged', message);
}

export class Cursor {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;

  /** Of [at, end) in `bytes`. */
  constructor(bytes: Buffer, at: number, end: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = Math.min(end, bytes.length);
  }

  get left(): number {
    return this.end - this.at;
  }

  u8(): number {
    return this.bytes.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.bytes.readUInt16BE(this.#take(2));
  }

  i16(): number {
    return this.bytes.readInt16BE(this.#take(2));
  }

  u24(): number {
    return this.bytes.readUIntBE(this.#take(3), 3);
  }

  u32(): number {
    return this.bytes.readUInt32BE(this.#take(4));
  }

  i32(): number {
    return this.bytes.readInt32BE(this.#take(4));
  }

  /** Throws `input.damaged` beyond 2^53, which no length or time of a real file reaches. */
  u64(): number {
    const value = this.u32() * 2 ** 32 + this.u32();
    if (!Number.isSafeInteger(value)) throw damaged('a length or time in its header is impossibly large');
    return value;
  }

  i64(): number {
    const value = this.i32() * 2 ** 32 + this.u32();
    if (!Number.isSafeInteger(value)) throw damaged('a length or time in its header is impossibly large');
    return value;
  }

  f64(): number {
    return this.bytes.readDoubleBE(this.#take(8));
  }

  fourCc(): string {
    const at = this.#take(4);
    return this.bytes.toString('latin1', at, at + 4);
  }

  /** A view, not a copy. */
  take(length: number): Buffer {
    const at = this.#take(length);
    return this.bytes.subarray(at, at + length);
  }

  skip(length: number): this {
    this.#take(length);
    return this;
  }

  #take(length: number): number {
    const { at } = this;
    if (length < 0 || at + length > this.end) throw damaged('its header is cut short: a box ends before what it should hold');
    this.at = at + length;
    return at;
  }
}
