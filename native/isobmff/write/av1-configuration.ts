/** av1C (AV1 in ISOBMFF, 2.3): as given, or made from the sequence header that an encoder hands out. */
import { BitReader } from '../../bitstream/rewrite/bits.ts';
import { concat, u8, type Bytes } from './boxes.ts';

/** `config`: an av1C payload, or OBUs beginning with a sequence header. */
export function av1Configuration(config: Uint8Array): Bytes {
  if (config.length === 0 || config[0] === 0x81) return Uint8Array.from(config);
  const bits = new BitReader(sequenceHeader(config));
  const profile = bits.u(3);
  const isReduced = bits.u(2) & 1;
  let level = 0;
  let tier = 0;
  if (isReduced) level = bits.u(5);
  else ({ level, tier } = operatingPoint(bits));
  const depth = highBitDepth(bits, isReduced === 1);
  return concat([u8(0x81, (profile << 5) | level, (tier << 7) | (depth ? 0x40 : 0) | (profile === 1 ? 0 : 0x0c), 0), config]);
}

/** Level and tier of the first operating point (AV1, 5.5.1). */
function operatingPoint(bits: BitReader): { level: number; tier: number } {
  let hasModel = 0;
  let delayBits = 0;
  if (bits.u(1)) {
    bits.u(32);
    bits.u(32);
    if (bits.u(1)) bits.ue();
    hasModel = bits.u(1);
    if (hasModel) {
      delayBits = bits.u(5) + 1;
      bits.u(32);
      bits.u(10);
    }
  }
  const hasDisplayDelay = bits.u(1);
  const count = bits.u(5) + 1;
  let first = { level: 0, tier: 0 };
  for (let i = 0; i < count; i++) {
    bits.u(12);
    const level = bits.u(5);
    const tier = level > 7 ? bits.u(1) : 0;
    if (i === 0) first = { level, tier };
    if (hasModel && bits.u(1)) {
      bits.u(delayBits);
      bits.u(delayBits);
      bits.u(1);
    }
    if (hasDisplayDelay && bits.u(1)) bits.u(4);
  }
  return first;
}

/** The flag stands behind the coding tools. */
function highBitDepth(bits: BitReader, isReduced: boolean): boolean {
  const widthBits = bits.u(4) + 1;
  const heightBits = bits.u(4) + 1;
  bits.u(widthBits);
  bits.u(heightBits);
  if (!isReduced && bits.u(1)) bits.u(7);
  bits.u(3);
  if (!isReduced) {
    bits.u(4);
    const hasOrderHint = bits.u(1);
    if (hasOrderHint) bits.u(2);
    const screenContent = bits.u(1) ? 2 : bits.u(1);
    if (screenContent > 0 && bits.u(1) === 0) bits.u(1);
    if (hasOrderHint) bits.u(3);
  }
  bits.u(3);
  return bits.u(1) === 1;
}

/** Bytes of the first OBU's payload. */
function sequenceHeader(config: Uint8Array): Uint8Array {
  const first = config[0] ?? 0;
  let at = first & 4 ? 2 : 1;
  if (first & 2) {
    while ((config[at] ?? 0) & 0x80) at++;
    at++;
  }
  return config.subarray(at);
}
