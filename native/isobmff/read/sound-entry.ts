/** An AudioSampleEntry (ISO 14496-12, 12.2.3; QTFF "Sound sample description", versions 0 to 2). */
import { boxesIn, open, type Box } from './box-list.ts';
import { readDescriptor, type Descriptor } from './descriptor.ts';

export type SoundEntry = {
  readonly box: Box;
  readonly tag: string;
  /** As they stand: the codec's own configuration may know better. */
  readonly channels: number;
  readonly bits: number;
  readonly sampleRate: number;
  /** Version 1 and 2: sample frames and bytes of one packet of all channels; 0 unknown. */
  readonly packetFrames: number;
  readonly packetBytes: number;
  /** kAudioFormatFlags of version 2; null otherwise. */
  readonly formatFlags: number | null;
  /** Boxes of the entry and of 'wave' in it. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly descriptor: Descriptor | null;
};

/** `isQuickTime`: versions 1 and 2 are QuickTime's, else version 1 is ISO's and adds no fields. Throws `input.damaged`. */
export function readSoundEntry(box: Box, isQuickTime: boolean): SoundEntry {
  const cursor = open(box).skip(8);
  const version = cursor.u16();
  cursor.skip(6);
  let channels = cursor.u16();
  let bits = cursor.u16();
  cursor.skip(4);
  let sampleRate = cursor.u32() >>> 16;
  let packetFrames = 0;
  let packetBytes = 0;
  let formatFlags: number | null = null;
  if (version === 1 && isQuickTime) {
    packetFrames = cursor.u32();
    cursor.skip(4);
    packetBytes = cursor.u32();
    cursor.skip(4);
  } else if (version === 2 && isQuickTime) {
    cursor.skip(4);
    sampleRate = Math.round(cursor.f64());
    channels = cursor.u32();
    cursor.skip(4);
    bits = cursor.u32();
    formatFlags = cursor.u32();
    packetBytes = cursor.u32();
    packetFrames = cursor.u32();
  }
  const boxes = innerBoxes(box, cursor.at);
  const esds = boxes.get('esds');
  return { box, tag: box.type, channels, bits, sampleRate, packetFrames, packetBytes, formatFlags, boxes, descriptor: esds ? readDescriptor(esds) : null };
}

const deepest = 2;

/** First of each type; what follows something that is no box is left. */
function innerBoxes(box: Box, start: number, depth = 0): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (let at = start; at + 8 <= box.end;) {
    const size = box.bytes.readUInt32BE(at);
    if (size < 8 || at + size > box.end) break;
    for (const found of boxesIn(box.bytes, at, at + size)) {
      if (!boxes.has(found.type)) boxes.set(found.type, found);
      if (found.type === 'wave' && depth < deepest) for (const inner of innerBoxes(found, found.start, depth + 1).values()) if (!boxes.has(inner.type)) boxes.set(inner.type, inner);
    }
    at += size;
  }
  return boxes;
}

/** 'enda' (QuickTime) or 'pcmC' (ISO 23003-5) say which byte comes first; null where neither does. */
export function isLittleEndian(entry: SoundEntry): boolean | null {
  const enda = entry.boxes.get('enda');
  if (enda) return open(enda).u16() === 1;
  const pcmC = entry.boxes.get('pcmC');
  return pcmC ? (open(pcmC).skip(4).u8() & 1) === 1 : null;
}

