/**
 * A Source as one blob: its scalars as JSON in two parts (what shots of one camera share, and the rest), its tables as they lie in memory,
 * so that reading two thousand of them is a matter of milliseconds. Layout: six uint32 (version, CRC-32 of all that follows, length of
 * either part, number of tables, 0), the number of elements of each table, the two parts, then the tables, padded to 8 each. All in the
 * byte order of the machine; on another one the blob is of another version and a miss.
 */
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';
import { engineVersion } from '../domain/engine-version.ts';
import type { Picture, Sound, Source } from '../domain/source.ts';
import { isCommonHead, isOwnHead, isPicture, isSound, type CommonHead, type CommonOfPicture, type CommonOfSound, type OwnHead } from './source-shape.ts';

/** Raised with every change of Source or of this layout. */
const layoutVersion = 1;
const version = engineVersion * 1024 + layoutVersion * 2 + (endianness() === 'LE' ? 0 : 1);
const headerWords = 6;
const noTable = 0xffff_ffff;

export function encodeSource(source: Source): Uint8Array {
  const { container, picture, sound, ...scalars } = source;
  const own: OwnHead = {
    ...scalars,
    picture: picture && { sets: picture.sets, count: picture.samples.count },
    sound: sound && { length: sound.length, count: sound.packets.count },
  };
  const common: CommonHead = { container, picture: picture && commonOfPicture(picture), sound: sound && commonOfSound(sound) };
  const parts = [common, own].map((part) => Buffer.from(JSON.stringify(part)));
  const tables = [...(picture ? pictureTables(picture) : []), ...(sound ? soundTables(sound) : [])];
  const lengths = Uint32Array.from(tables, (table) => table?.length ?? noTable);
  const head = Buffer.concat([new Uint8Array(4 * headerWords), bytesOf(lengths), ...parts]);
  const blob = Buffer.concat([head, padding(head.length), ...tables.flatMap((table) => (table ? [bytesOf(table), padding(table.byteLength)] : []))]);
  const header = Uint32Array.of(version, 0, ...parts.map((part) => part.length), lengths.length, 0);
  blob.set(bytesOf(header), 0);
  header[1] = crc32(blob.subarray(8));
  blob.set(bytesOf(header), 0);
  return blob;
}

/** Null: of another version, damaged, or not a source. The tables are views of the blob where it is aligned. */
export function decodeSource(stored: Uint8Array): Source | null {
  const blob = stored.byteOffset % 8 === 0 ? stored : new Uint8Array(stored);
  if (blob.length < 4 * headerWords) return null;
  const header = new Uint32Array(blob.buffer, blob.byteOffset, headerWords);
  if (header[0] !== version || header[1] !== crc32(blob.subarray(8))) return null;
  const tableCount = header[4] ?? 0;
  const commonStart = 4 * (headerWords + tableCount);
  const ownStart = commonStart + (header[2] ?? 0);
  const ownEnd = ownStart + (header[3] ?? 0);
  if (ownEnd > blob.length) return null;
  const text = Buffer.from(blob.buffer, blob.byteOffset, ownEnd);
  const common = parseCommon(text.toString('utf8', commonStart, ownStart));
  const own: unknown = JSON.parse(text.toString('utf8', ownStart, ownEnd));
  if (!common || !isOwnHead(own)) return null;
  const tables = new TableReader(blob, new Uint32Array(blob.buffer, blob.byteOffset + 4 * headerWords, tableCount), aligned(ownEnd));
  const picture = common.picture && own.picture && readPicture(common.picture, own.picture, tables);
  const sound = common.sound && own.sound && readSound(common.sound, own.sound, tables);
  const isWhole = (picture === null || isPicture(picture)) && (sound === null || isSound(sound));
  return isWhole ? { ...own, container: common.container, picture, sound } : null;
}

/** The last ones read. */
const commons = new Map<string, CommonHead>();
const commonsKept = 256;

function parseCommon(text: string): CommonHead | null {
  const known = commons.get(text);
  if (known) return known;
  const parsed: unknown = JSON.parse(text);
  if (!isCommonHead(parsed)) return null;
  if (commons.size >= commonsKept) commons.clear();
  commons.set(text, parsed);
  return parsed;
}

function commonOfPicture({ format, rate, isConstantRate, isStill, copyObstacle, timescale }: Picture): Pick<Picture, CommonOfPicture> {
  return { format, rate, isConstantRate, isStill, copyObstacle, timescale };
}

function commonOfSound({ format, start, startDen }: Sound): Pick<Sound, CommonOfSound> {
  return { format, start, startDen };
}

type Table = Uint8Array | Uint32Array | Float64Array;

/** In the order in which readPicture takes them. */
function pictureTables({ config, sampleEntry, samples, shown, times }: Picture): (Table | null)[] {
  return [config, sampleEntry, samples.file, samples.offset, samples.size, samples.rank, samples.flags, shown, times];
}

function readPicture(common: Pick<Picture, CommonOfPicture>, own: NonNullable<OwnHead['picture']>, tables: TableReader): Picture {
  return {
    ...common,
    sets: own.sets,
    config: tables.uint8(),
    sampleEntry: tables.uint8(),
    samples: { count: own.count, file: tables.uint32OrNull(), offset: tables.float64(), size: tables.uint32(), rank: tables.uint32(), flags: tables.uint8() },
    shown: tables.uint32OrNull(),
    times: tables.float64OrNull(),
  };
}

/** In the order in which readSound takes them. */
function soundTables({ config, sampleEntry, packets }: Sound): (Table | null)[] {
  return [config, sampleEntry, packets.file, packets.offset, packets.size, packets.position];
}

function readSound(common: Pick<Sound, CommonOfSound>, own: NonNullable<OwnHead['sound']>, tables: TableReader): Sound {
  return {
    ...common,
    length: own.length,
    config: tables.uint8(),
    sampleEntry: tables.uint8(),
    packets: { count: own.count, file: tables.uint32OrNull(), offset: tables.float64(), size: tables.uint32(), position: tables.float64() },
  };
}

/** Tables one after the other. One that is missing or reaches past the end is empty, which then fits no count. */
class TableReader {
  readonly #blob: Uint8Array;
  readonly #lengths: Uint32Array;
  #index = 0;
  #offset: number;

  constructor(blob: Uint8Array, lengths: Uint32Array, offset: number) {
    this.#blob = blob;
    this.#lengths = lengths;
    this.#offset = offset;
  }

  uint8(): Uint8Array {
    const length = this.#take(1);
    return new Uint8Array(this.#blob.buffer, this.#advance(length), length);
  }

  uint32(): Uint32Array {
    const length = this.#take(4);
    return new Uint32Array(this.#blob.buffer, this.#advance(length * 4), length);
  }

  float64(): Float64Array {
    const length = this.#take(8);
    return new Float64Array(this.#blob.buffer, this.#advance(length * 8), length);
  }

  uint32OrNull(): Uint32Array | null {
    return this.#isNull() ? null : this.uint32();
  }

  float64OrNull(): Float64Array | null {
    return this.#isNull() ? null : this.float64();
  }

  #isNull(): boolean {
    if (this.#lengths[this.#index] !== noTable) return false;
    this.#index++;
    return true;
  }

  #take(elementBytes: number): number {
    const length = this.#lengths[this.#index++] ?? 0;
    return this.#offset + length * elementBytes <= this.#blob.length ? length : 0;
  }

  #advance(bytes: number): number {
    const at = this.#blob.byteOffset + this.#offset;
    this.#offset += aligned(bytes);
    return at;
  }
}

function bytesOf(table: Table): Uint8Array {
  return new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
}

function padding(length: number): Uint8Array {
  return new Uint8Array(aligned(length) - length);
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}
