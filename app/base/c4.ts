/** C4 identifiers (SMPTE ST 2114): a SHA-512 as a number in base 58, behind "c4". */

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const length = 88;

/** Of the 64 bytes of a SHA-512. */
export function c4Id(sha512: Uint8Array): string {
  let value = 0n;
  for (const byte of sha512) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (; value > 0n; value /= 58n) text = (digits[Number(value % 58n)] ?? '') + text;
  return `c4${text.padStart(length, digits[0])}`;
}
