/** IHDR of a PNG (ISO 15948, 11.2.2). */
export type PngHeader = { readonly width: number; readonly height: number; readonly pixelFormat: string };

/** By colour type, 8 and 16 bits. */
const formats: Readonly<Record<number, readonly [string, string]>> = {
  0: ['gray', 'gray16be'], 2: ['rgb24', 'rgb48be'], 3: ['pal8', 'pal8'], 4: ['ya8', 'ya16be'], 6: ['rgba', 'rgba64be'],
};

/** `head`: the first 32 bytes. */
export function parsePngHeader(head: Uint8Array): PngHeader | null {
  if (head.length < 26 || head[1] !== 0x50 || head[2] !== 0x4e || head[3] !== 0x47) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const depth = head[24] ?? 8;
  return { width: view.getUint32(16), height: view.getUint32(20), pixelFormat: formats[head[25] ?? 0]?.[depth === 16 ? 1 : 0] ?? '' };
}
