/**
 * Frames over HTTP: records of little-endian u32 bytes of planes, u32 frame number, u16 width, u16 height, u8 matrix (H.273), u8 1 for full range,
 * two zero bytes, then the planes of yuv420p, tight.
 */
export type FrameRecord = {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly matrix: number;
  readonly isFullRange: boolean;
  readonly planes: Uint8Array<ArrayBuffer>;
};

export const frameHeaderBytes = 16;

export function frameHeader({ number, width, height, matrix, isFullRange, planes }: FrameRecord): Uint8Array {
  const header = new DataView(new ArrayBuffer(frameHeaderBytes));
  header.setUint32(0, planes.length, true);
  header.setUint32(4, number, true);
  header.setUint16(8, width, true);
  header.setUint16(10, height, true);
  header.setUint8(12, matrix);
  header.setUint8(13, isFullRange ? 1 : 0);
  return new Uint8Array(header.buffer);
}

/** Each record once it is whole; a stream that ends within one loses that one. */
export async function* readFrameStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<FrameRecord, void, undefined> {
  const reader = stream.getReader();
  let pending = new Uint8Array(0);
  const fill = async (length: number): Promise<boolean> => {
    const parts = [pending];
    let have = pending.length;
    while (have < length) {
      const { done, value } = await reader.read();
      if (done) return false;
      parts.push(Uint8Array.from(value));
      have += value.length;
    }
    if (parts.length > 1) {
      pending = new Uint8Array(have);
      let at = 0;
      for (const part of parts) {
        pending.set(part, at);
        at += part.length;
      }
    }
    return true;
  };
  try {
    while (await fill(frameHeaderBytes)) {
      const header = new DataView(pending.buffer, pending.byteOffset, frameHeaderBytes);
      const length = header.getUint32(0, true);
      const record = {
        number: header.getUint32(4, true), width: header.getUint16(8, true), height: header.getUint16(10, true), matrix: header.getUint8(12), isFullRange: header.getUint8(13) === 1,
      };
      if (!await fill(frameHeaderBytes + length)) return;
      yield { ...record, planes: pending.slice(frameHeaderBytes, frameHeaderBytes + length) };
      pending = pending.subarray(frameHeaderBytes + length);
    }
  } finally {
    await reader.cancel();
  }
}
