/**
 * A frame that says which one it is: a strip of 40 black and white cells along the top, read back by anybody who can tell light
 * from dark. 16 bits of shot, 16 of frame, 8 of check sum, most significant first.
 */
export const barCodeCells = 40;
/** The strip's height as a part of the picture's. */
export const barCodeHeight = { num: 4, den: 45 } as const;

/** `shot` and `frame` in 0..65535; one element a cell, 1 is white. */
export function barCode(shot: number, frame: number): Uint8Array {
  const words = [shot >> 8, shot & 255, frame >> 8, frame & 255];
  const all = [...words, checkSum(words)];
  return Uint8Array.from({ length: barCodeCells }, (_, i) => ((all[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
}

/** From the brightness of each cell; null where the check sum does not fit. */
export function readBarCode(levels: ArrayLike<number>): { readonly shot: number; readonly frame: number } | null {
  const bytes = [0, 0, 0, 0, 0];
  for (let i = 0; i < barCodeCells; i++) bytes[i >> 3] = ((bytes[i >> 3] ?? 0) << 1) | ((levels[i] ?? 0) >= 128 ? 1 : 0);
  const [a = 0, b = 0, c = 0, d = 0, sum] = bytes;
  return checkSum([a, b, c, d]) === sum ? { shot: (a << 8) | b, frame: (c << 8) | d } : null;
}

/** Not zero for zeros, so that a black picture is no frame 0 of shot 0. */
function checkSum(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte, i) => (sum + byte * (2 * i + 3)) & 255, 0xa5);
}
