/**
 * xxHash64 with seed 0, as camera and copy tools write it into hash lists (github.com/Cyan4973/xxHash, doc/xxhash_spec.md). 64-bit numbers are pairs of
 * 32-bit halves.
 */

/** High and low half. */
const primes = { p1: [0x9e3779b1, 0x85ebca87], p2: [0xc2b2ae3d, 0x27d4eb4f], p3: [0x165667b1, 0x9e3779f9], p4: [0x85ebca77, 0xc2b2ae63], p5: [0x27d4eb2f, 0x165667c5] } as const;
type Half = readonly [number, number];
const stripe = 32;
const two32 = 0x1_0000_0000;

export class Xxh64 {
  /** Four accumulators, high and low by turns, unsigned. */
  readonly #state = new Uint32Array(8);
  readonly #rest = new Uint8Array(stripe);
  #restLength = 0;
  #total = 0;

  constructor() {
    const { p1, p2 } = primes;
    const [sumHigh, sumLow] = add(p1[0], p1[1], p2[0], p2[1]);
    const [negativeHigh, negativeLow] = add(~p1[0] >>> 0, ~p1[1] >>> 0, 0, 1);
    this.#state.set([sumHigh, sumLow, p2[0], p2[1], 0, 0, negativeHigh, negativeLow]);
  }

  update(bytes: Uint8Array): this {
    this.#total += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(stripe - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < stripe) return this;
      this.#stripes(this.#rest, 0, stripe);
      this.#restLength = 0;
    }
    const end = bytes.length - ((bytes.length - at) % stripe);
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restLength = bytes.length - end;
    return this;
  }

  /** Sixteen lower-case digits, the most significant first. */
  digest(): string {
    const mixed: Mixed = { high: 0, low: 0 };
    if (this.#total >= stripe) this.#converge(mixed);
    else set(mixed, primes.p5);
    set(mixed, add(mixed.high, mixed.low, Math.floor(this.#total / two32), this.#total >>> 0));
    const view = new DataView(this.#rest.buffer);
    let at = 0;
    for (; at + 8 <= this.#restLength; at += 8) {
      xor(mixed, round(view.getUint32(at + 4, true), view.getUint32(at, true)));
      step(mixed, 27, primes.p1, primes.p4);
    }
    for (; at + 4 <= this.#restLength; at += 4) {
      xor(mixed, multiply(0, view.getUint32(at, true), primes.p1));
      step(mixed, 23, primes.p2, primes.p3);
    }
    for (; at < this.#restLength; at++) {
      xor(mixed, multiply(0, view.getUint8(at), primes.p5));
      step(mixed, 11, primes.p1, [0, 0]);
    }
    xor(mixed, [0, mixed.high >>> 1]);
    set(mixed, multiply(mixed.high, mixed.low, primes.p2));
    xor(mixed, [mixed.high >>> 29, ((mixed.low >>> 29) | (mixed.high << 3)) >>> 0]);
    set(mixed, multiply(mixed.high, mixed.low, primes.p3));
    xor(mixed, [0, mixed.high]);
    return `${hex(mixed.high)}${hex(mixed.low)}`;
  }

  #converge(mixed: Mixed): void {
    [1, 7, 12, 18].forEach((bits, i) => {
      const [high, low] = rotate(this.#state[2 * i] ?? 0, this.#state[2 * i + 1] ?? 0, bits);
      set(mixed, add(mixed.high, mixed.low, high, low));
    });
    for (let i = 0; i < 4; i++) {
      xor(mixed, round(this.#state[2 * i] ?? 0, this.#state[2 * i + 1] ?? 0));
      const product = multiply(mixed.high, mixed.low, primes.p1);
      set(mixed, add(product[0], product[1], ...primes.p4));
    }
  }

  /** Whole stripes of `bytes`, from one offset to another; written without pairs, since a camera's card passes through here. */
  #stripes(bytes: Uint8Array, from: number, to: number): void {
    const state = this.#state;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const { p1: [p1High, p1Low], p2: [p2High, p2Low] } = primes;
    for (let at = from; at < to; at += 8) {
      const i = ((at - from) >>> 2) & 6;
      const laneLow = view.getUint32(at, true);
      const laneHigh = view.getUint32(at + 4, true);
      const low = (state[i + 1] ?? 0) + (Math.imul(laneLow, p2Low) >>> 0);
      const high = (state[i] ?? 0) + highProduct(laneLow, p2Low) + Math.imul(laneLow, p2High) + Math.imul(laneHigh, p2Low) + (low >= two32 ? 1 : 0);
      const turnedHigh = ((high << 31) | (low >>> 1)) >>> 0;
      const turnedLow = ((low << 31) | (high >>> 1)) >>> 0;
      state[i] = highProduct(turnedLow, p1Low) + Math.imul(turnedLow, p1High) + Math.imul(turnedHigh, p1Low);
      state[i + 1] = Math.imul(turnedLow, p1Low);
    }
  }
}

type Mixed = { high: number; low: number };

function set(mixed: Mixed, [high, low]: Half): void {
  mixed.high = high;
  mixed.low = low;
}

function xor(mixed: Mixed, [high, low]: Half): void {
  set(mixed, [(mixed.high ^ high) >>> 0, (mixed.low ^ low) >>> 0]);
}

/** Turned left, multiplied, added to. */
function step(mixed: Mixed, bits: number, factor: Half, more: Half): void {
  const turned = rotate(mixed.high, mixed.low, bits);
  const product = multiply(turned[0], turned[1], factor);
  set(mixed, add(product[0], product[1], more[0], more[1]));
}

/** A lane as it enters an accumulator of 0. */
function round(high: number, low: number): Half {
  const product = multiply(high, low, primes.p2);
  const turned = rotate(product[0], product[1], 31);
  return multiply(turned[0], turned[1], primes.p1);
}

function add(high: number, low: number, otherHigh: number, otherLow: number): Half {
  const sum = low + otherLow;
  return [(high + otherHigh + (sum >= two32 ? 1 : 0)) >>> 0, sum >>> 0];
}

function multiply(high: number, low: number, [otherHigh, otherLow]: Half): Half {
  return [(highProduct(low, otherLow) + Math.imul(low, otherHigh) + Math.imul(high, otherLow)) >>> 0, Math.imul(low, otherLow) >>> 0];
}

/** The upper 32 bits of the product of two unsigned halves. */
function highProduct(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + (middle >>> 16) + ((aLow * bHigh + (middle & 0xffff)) >>> 16);
}

/** Left, by 1 to 31 bits. */
function rotate(high: number, low: number, bits: number): Half {
  return [((high << bits) | (low >>> (32 - bits))) >>> 0, ((low << bits) | (high >>> (32 - bits))) >>> 0];
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0');
}
