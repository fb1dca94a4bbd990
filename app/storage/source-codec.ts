/**
 * A Source as one blob: its scalars as JSON, its tables as they lie in memory, so that reading two thousand of them is a matter of
 * milliseconds. Layout: version, CRC-32 of the rest, length of the JSON (three little-endian uint32 and four bytes unused), the JSON, padding to 8,
 * the tables, each padded to 8. Tables are in the byte order of the machine; a blob of another one fails its check and is a miss.
 */
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { engineVersion } from '../domain/engine-version.ts';
import type { Picture, PictureSamples, Sound, SoundPackets, Source } from '../domain/source.ts';
import { isPicture, isSound, isSourceHead, type Column, type PictureHead, type SoundHead, type SourceHead } from './source-shape.ts';

/** Raised with every change of Source or of this layout. */
const layoutVersion = 1;
const version = engineVersion * 1024 + layoutVersion * 2 + (endianness() === 'LE' ? 0 : 1);
const headStart = 16;

export function encodeSource(source: Source): Uint8Array {
  const columns = new ColumnWriter();
  const head: SourceHead = {
    ...source,
    picture: source.picture && pictureHead(source.picture, columns),
    sound: source.sound && soundHead(source.sound, columns),
  };
  const json = Buffer.from(JSON.stringify(head), 'utf8');
  const dataStart = aligned(headStart + json.length);
  const blob = Buffer.alloc(dataStart + columns.length);
  json.copy(blob, headStart);
  columns.copyTo(blob.subarray(dataStart));
  blob.writeUInt32LE(version, 0);
  blob.writeUInt32LE(json.length, 8);
  blob.writeUInt32LE(crc32(blob.subarray(8)), 4);
  return blob;
}

/** Null: of another version, damaged, or not a source. The tables are views of the blob where it is aligned. */
export function decodeSource(stored: Uint8Array): Source | null {
  const blob = stored.byteOffset % 8 === 0 ? stored : new Uint8Array(stored);
  if (blob.length < headStart) return null;
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  if (view.getUint32(0, true) !== version || view.getUint32(4, true) !== crc32(blob.subarray(8))) return null;
  const headEnd = headStart + view.getUint32(8, true);
  if (headEnd > blob.length) return null;
  const head: unknown = JSON.parse(Buffer.from(blob.buffer, blob.byteOffset + headStart, headEnd - headStart).toString('utf8'));
  if (!isSourceHead(head)) return null;
  const columns = new ColumnReader(blob.subarray(aligned(headEnd)));
  const source: Source = { ...head, picture: head.picture && picture(head.picture, columns), sound: head.sound && sound(head.sound, columns) };
  return (source.picture === null || isPicture(source.picture)) && (source.sound === null || isSound(source.sound)) ? source : null;
}

function pictureHead(picture: Picture, columns: ColumnWriter): PictureHead {
  const { samples } = picture;
  return {
    ...picture,
    config: columns.add(picture.config),
    sampleEntry: columns.add(picture.sampleEntry),
    shown: columns.addOrNull(picture.shown),
    times: columns.addOrNull(picture.times),
    samples: {
      count: samples.count,
      file: columns.addOrNull(samples.file),
      offset: columns.add(samples.offset),
      size: columns.add(samples.size),
      rank: columns.add(samples.rank),
      flags: columns.add(samples.flags),
    },
  };
}

function picture(head: PictureHead, columns: ColumnReader): Picture {
  const samples: PictureSamples = {
    count: head.samples.count,
    file: head.samples.file && columns.uint32(head.samples.file),
    offset: columns.float64(head.samples.offset),
    size: columns.uint32(head.samples.size),
    rank: columns.uint32(head.samples.rank),
    flags: columns.uint8(head.samples.flags),
  };
  return {
    ...head,
    config: columns.uint8(head.config),
    sampleEntry: columns.uint8(head.sampleEntry),
    shown: head.shown && columns.uint32(head.shown),
    times: head.times && columns.float64(head.times),
    samples,
  };
}

function soundHead(sound: Sound, columns: ColumnWriter): SoundHead {
  const { packets } = sound;
  return {
    ...sound,
    config: columns.add(sound.config),
    sampleEntry: columns.add(sound.sampleEntry),
    packets: {
      count: packets.count,
      file: columns.addOrNull(packets.file),
      offset: columns.add(packets.offset),
      size: columns.add(packets.size),
      position: columns.add(packets.position),
    },
  };
}

function sound(head: SoundHead, columns: ColumnReader): Sound {
  const packets: SoundPackets = {
    count: head.packets.count,
    file: head.packets.file && columns.uint32(head.packets.file),
    offset: columns.float64(head.packets.offset),
    size: columns.uint32(head.packets.size),
    position: columns.float64(head.packets.position),
  };
  return { ...head, config: columns.uint8(head.config), sampleEntry: columns.uint8(head.sampleEntry), packets };
}

type Table = Uint8Array | Uint32Array | Float64Array;

class ColumnWriter {
  readonly #tables: Table[] = [];
  length = 0;

  add(table: Table): Column {
    const column: Column = [this.length, table.length];
    this.#tables.push(table);
    this.length += aligned(table.byteLength);
    return column;
  }

  addOrNull(table: Table | null): Column | null {
    return table && this.add(table);
  }

  copyTo(target: Uint8Array): void {
    let at = 0;
    for (const table of this.#tables) {
      target.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), at);
      at += aligned(table.byteLength);
    }
  }
}

/** A column that reaches past the data gives an empty table, whose length then fits nothing. */
class ColumnReader {
  readonly #data: Uint8Array;

  constructor(data: Uint8Array) {
    this.#data = data;
  }

  uint8(column: Column): Uint8Array {
    return this.#fits(column, 1) ? new Uint8Array(this.#data.buffer, this.#data.byteOffset + column[0], column[1]) : new Uint8Array(0);
  }

  uint32(column: Column): Uint32Array {
    return this.#fits(column, 4) ? new Uint32Array(this.#data.buffer, this.#data.byteOffset + column[0], column[1]) : new Uint32Array(0);
  }

  float64(column: Column): Float64Array {
    return this.#fits(column, 8) ? new Float64Array(this.#data.buffer, this.#data.byteOffset + column[0], column[1]) : new Float64Array(0);
  }

  #fits([offset, length]: Column, bytes: number): boolean {
    return offset >= 0 && offset % 8 === 0 && length >= 0 && offset + length * bytes <= this.#data.length;
  }
}

function aligned(length: number): number {
  return (length + 7) & ~7;
}
