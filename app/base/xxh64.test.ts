/** Vectors: as xxHash's own bindings publish them. */
import { expect, it } from 'vitest';
import { Xxh64 } from './xxh64.ts';

const hash = (...parts: readonly Uint8Array[]): string => parts.reduce((state, part) => state.update(part), new Xxh64()).digest();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const mask = 2n ** 64n - 1n;

it.each([
  ['', 'ef46db3751d8e999'], ['a', 'd24ec4f1a98c6e5b'], ['abc', '44bc2cf5ad770999'], ['xxhash', '32dd38952c4bc720'],
  ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
])('%s', (value, expected) => {
  expect(hash(text(value))).toBe(expected);
});

it('is what the specification computes, at every length and however the bytes come', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * i * 31 + (i >> 3) * 7 + 129) & 255);
  for (let length = 0; length <= 200; length++) {
    const part = bytes.subarray(0, length);
    const expected = specified(part).toString(16).padStart(16, '0');
    expect([length, hash(part), hash(part.subarray(0, length >> 1), part.subarray(length >> 1)), hash(...Array.from(part, (byte) => Uint8Array.of(byte)))]).toEqual([length, expected, expected, expected]);
  }
});

/** Straight from the specification, for judging. */
function specified(bytes: Uint8Array): bigint {
  const [p1, p2, p3, p4, p5] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n] as const;
  const left = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;
  const round = (accumulator: bigint, lane: bigint): bigint => (left((accumulator + lane * p2) & mask, 31n) * p1) & mask;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let sum: bigint = p5;
  if (bytes.length >= 32) {
    const lanes = [(p1 + p2) & mask, p2, 0n, -p1 & mask];
    for (; at + 32 <= bytes.length; at += 32) for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i] ?? 0n, view.getBigUint64(at + 8 * i, true));
    sum = lanes.reduce((all, lane, i) => all + left(lane, [1n, 7n, 12n, 18n][i] ?? 0n), 0n) & mask;
    for (const lane of lanes) sum = ((sum ^ round(0n, lane)) * p1 + p4) & mask;
  }
  sum = (sum + BigInt(bytes.length)) & mask;
  for (; at + 8 <= bytes.length; at += 8) sum = (left(sum ^ round(0n, view.getBigUint64(at, true)), 27n) * p1 + p4) & mask;
  for (; at + 4 <= bytes.length; at += 4) sum = (left(sum ^ ((BigInt(view.getUint32(at, true)) * p1) & mask), 23n) * p2 + p3) & mask;
  for (; at < bytes.length; at++) sum = (left(sum ^ ((BigInt(view.getUint8(at)) * p5) & mask), 11n) * p1) & mask;
  sum = ((sum ^ (sum >> 33n)) * p2) & mask;
  sum = ((sum ^ (sum >> 29n)) * p3) & mask;
  return sum ^ (sum >> 32n);
}
