/** Values of single options. Imports nothing: --help must cost nothing. Null where the text is no such value. */

export function parseCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function parsePositive(text: string): number | null {
  return parseCount(text) || null;
}

/** Even sides: no codec of ours takes odd ones. */
export function parseSize(text: string): { width: number; height: number } | null {
  const match = /^(\d{2,5})x(\d{2,5})$/i.exec(text);
  if (!match) return null;
  const [width, height] = [Number(match[1]), Number(match[2])];
  return width % 2 === 0 && height % 2 === 0 && width <= 16_384 && height <= 16_384 ? { width, height } : null;
}
