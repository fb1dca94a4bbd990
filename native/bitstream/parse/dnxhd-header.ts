/** The frame header of DNxHD and DNxHR (SMPTE ST 2019-1, 7.2). */
export type DnxhdHeader = {
  /** "DNXHR HQ", else the compression id: "1237". */
  readonly profile: string;
  readonly width: number;
  /** Of a field where interlaced. */
  readonly height: number;
  readonly pixelFormat: string;
  readonly isInterlaced: boolean;
  /** H.273 number. */
  readonly matrix: number;
};

const matrices = [1, 9, 10, 2];

const dnxhr: Readonly<Record<number, string>> = { 1270: 'DNXHR 444', 1271: 'DNXHR HQX', 1272: 'DNXHR HQ', 1273: 'DNXHR SQ', 1274: 'DNXHR LB' };

/** `head`: the first 48 bytes of a sample. Null for what is no such frame. */
export function parseDnxhdHeader(head: Uint8Array): DnxhdHeader | null {
  if (head.length < 46 || head[0] !== 0 || head[1] !== 0 || head[2] !== 2) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const compression = view.getUint32(0x28);
  if (compression < 1235 || compression > 1274) return null;
  const isInterlaced = ((head[5] ?? 0) & 2) !== 0;
  const depth = [0, 8, 10, 12][(head[0x21] ?? 0) >> 5] ?? 8;
  const sampling = ((head[0x2c] ?? 0) & 0x40) !== 0 ? 'yuv444p' : 'yuv422p';
  return {
    profile: dnxhr[compression] ?? String(compression),
    height: view.getUint16(0x18),
    width: view.getUint16(0x1a),
    pixelFormat: depth > 8 ? `${sampling}${depth}le` : sampling,
    isInterlaced,
    matrix: matrices[((head[0x2c] ?? 0) >> 1) & 3] ?? 2,
  };
}
