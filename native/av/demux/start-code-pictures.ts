/** Picture headers of MPEG-1, MPEG-2 (ISO 13818-2, 6.2.3) and MPEG-4 part 2 (ISO 14496-2, 6.2.5): what kind of picture a packet holds. */

export type StartCodePicture = {
  readonly type: 'I' | 'P' | 'B';
  /** The group that it begins needs nothing of the one before. */
  readonly isClosed: boolean;
};

const startCode = Buffer.from([0, 0, 1]);
const mpegTypes = [undefined, 'I', 'P', 'B'] as const;
/** Sprites count as predicted. */
const mpeg4Types = ['I', 'P', 'B', 'P'] as const;
/** Headers stand at the beginning. */
const searched = 4096;

/** Null for other codecs, and packets without a picture header. */
export function readPicture(codec: string, packet: Buffer): StartCodePicture | null {
  const isMpeg4 = codec === 'mpeg4';
  if (!isMpeg4 && codec !== 'mpeg1video' && codec !== 'mpeg2video') return null;
  const head = packet.subarray(0, searched);
  const wanted = isMpeg4 ? 0xb6 : 0;
  let isClosed = false;
  for (let at = head.indexOf(startCode); at >= 0; at = head.indexOf(startCode, at + 3)) {
    // closed_gop stands behind 25 bits of time code, closed_gov behind 18.
    if (!isMpeg4 && head[at + 3] === 0xb8) isClosed = ((head[at + 7] ?? 0) & 0x40) !== 0;
    if (isMpeg4 && head[at + 3] === 0xb3) isClosed = ((head[at + 6] ?? 0) & 0x20) !== 0;
    if (head[at + 3] !== wanted) continue;
    if (isMpeg4) return { type: mpeg4Types[(head[at + 4] ?? 0) >> 6] ?? 'P', isClosed };
    const type = mpegTypes[((head[at + 5] ?? 0) >> 3) & 7];
    return type ? { type, isClosed } : null;
  }
  return null;
}

/** Pictures in order of display, by type alone: B at once, the others when the next of them comes. Elements are indices in decode order. */
export function displayOrder(isBidirectional: readonly boolean[]): number[] {
  const order: number[] = [];
  let held = -1;
  isBidirectional.forEach((isB, i) => {
    if (isB) {
      order.push(i);
      return;
    }
    if (held >= 0) order.push(held);
    held = i;
  });
  if (held >= 0) order.push(held);
  return order;
}
