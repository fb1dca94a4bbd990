/** Boxes of ISO 14496-12 as byte arrays; those that hold whole sample tables as lists of them, so that tables are copied once. */

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that are not in one piece yet. */
export type Pieces = { readonly length: number; readonly pieces: readonly Uint8Array[] };

export function concat(parts: readonly (Uint8Array | Pieces)[]): Bytes {
  const { length, pieces } = flatten(parts);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

function flatten(parts: readonly (Uint8Array | Pieces)[]): Pieces {
  const pieces = parts.flatMap((part) => (part instanceof Uint8Array ? part : part.pieces));
  return { length: pieces.reduce((sum, piece) => sum + piece.length, 0), pieces };
}

/** A box around others that are large. */
export function largeBox(type: string, ...parts: readonly (Uint8Array | Pieces)[]): Pieces {
  const { length, pieces } = flatten(parts);
  return { length: length + 8, pieces: [u32(length + 8), fourCc(type), ...pieces] };
}

export function box(type: string, ...parts: readonly Uint8Array[]): Bytes {
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return concat([u32(length), fourCc(type), ...parts]);
}

export function fullBox(type: string, version: number, flags: number, ...parts: readonly Uint8Array[]): Bytes {
  return box(type, u32(((version << 24) | flags) >>> 0), ...parts);
}

/** Four characters, Latin-1 as QuickTime's types are. */
export function fourCc(type: string): Bytes {
  return Uint8Array.from(Buffer.from(type.padEnd(4, ' '), 'latin1'));
}

export function u8(...values: readonly number[]): Bytes {
  return Uint8Array.from(values);
}

export function u16(...values: readonly number[]): Bytes {
  const bytes = new DataView(new ArrayBuffer(values.length * 2));
  values.forEach((value, i) => bytes.setUint16(i * 2, value & 0xffff));
  return new Uint8Array(bytes.buffer);
}

/** Negative values stand as two's complement. */
export function u32(...values: readonly number[]): Bytes {
  return u32s(values);
}

export function u32s(values: ArrayLike<number>): Bytes {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) bytes.setUint32(i * 4, values[i] ?? 0);
  return new Uint8Array(bytes.buffer);
}

/** Whole numbers up to 2^53; negative ones as two's complement. */
export function u64s(values: ArrayLike<number>): Bytes {
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    bytes.setInt32(i * 8, Math.floor(value / 2 ** 32));
    bytes.setUint32(i * 8 + 4, value >>> 0);
  }
  return new Uint8Array(bytes.buffer);
}

export function f64(value: number): Bytes {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, value);
  return new Uint8Array(bytes.buffer);
}

export function zeros(length: number): Bytes {
  return new Uint8Array(length);
}
