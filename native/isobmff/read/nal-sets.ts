/** Parameter sets of an H.264 or HEVC track: those of its configuration and those that stand in samples. */
import { createHash } from 'node:crypto';
import {
  parseAvcRecord, parseHevcRecord, serialiseAvcRecord, serialiseHevcRecord, type AvcRecord,
} from '../../bitstream/rewrite/configuration-records.ts';
import { readPps, readSps } from '../../bitstream/rewrite/h264-sets.ts';
import { readHevcPps, readHevcSps, readVpsId } from '../../bitstream/rewrite/hevc-sets.ts';
import { damaged } from './cursor.ts';

type Codec = 'h264' | 'hevc';
/** `kind` is the NAL type. */
type ParameterSet = { readonly kind: number; readonly id: number; readonly nal: Uint8Array };

const kinds: Readonly<Record<Codec, readonly number[]>> = { h264: [7, 8], hevc: [32, 33, 34] };
const spsKinds: Readonly<Record<Codec, number>> = { h264: 7, hevc: 33 };

/** Of the kind that has most: PPS of H.264. */
const mostIds = 255;

export class NalSets {
  readonly codec: Codec;
  readonly lengthSize: number;
  readonly #sets: ParameterSet[] = [];
  readonly #config: Uint8Array;
  readonly #head: Uint8Array;
  #isExtended = false;
  /** A set came again with other contents: what is decoded depends on where one starts. */
  hasConflict = false;

  /** `config`: avcC or hvcC payload. Throws `input.damaged`. */
  constructor(codec: Codec, config: Uint8Array) {
    this.codec = codec;
    this.#config = config;
    const { head, lengthSize, nals } = takeApart(codec, config);
    this.#head = head;
    this.lengthSize = lengthSize;
    for (const nal of nals) this.#hold(nal);
    if (this.lengthSize === 3) throw damaged('its picture has NAL lengths of 3 bytes, which is impossible');
  }

  isSet(header: number): boolean {
    return kinds[this.codec].includes(this.#kind(header));
  }

  /** A set found in a sample: a known one changes nothing, a new one joins the configuration. */
  add(nal: Uint8Array): void {
    const bytes = trimmed(nal);
    if (this.#sets.some((set) => Buffer.compare(set.nal, bytes) === 0)) return;
    if (this.#hold(Uint8Array.from(bytes))) this.#isExtended = true;
  }

  /** The sets of a further configuration of the same track. */
  addRecord(config: Uint8Array): void {
    const { lengthSize, nals } = takeApart(this.codec, config);
    if (lengthSize !== this.lengthSize) this.hasConflict = true;
    for (const nal of nals) this.add(nal);
  }

  get firstPps(): Uint8Array | null {
    return this.#sets.find((set) => set.kind === kinds[this.codec].at(-1))?.nal ?? null;
  }

  /** The first sequence parameter set, escaped. Throws `input.damaged` where there is none. */
  get sps(): Uint8Array {
    const sps = this.#sets.find((set) => set.kind === spsKinds[this.codec]);
    if (!sps || !this.firstPps) throw damaged('its picture has no parameter sets: it cannot be decoded');
    return sps.nal;
  }

  /** avcC or hvcC payload with every set in it; as it was where no sample has one more. */
  config(): Uint8Array {
    if (!this.#isExtended) return this.#config;
    const nals = (kind: number): Uint8Array[] => this.#sets.filter((set) => set.kind === kind).map((set) => set.nal);
    if (this.codec === 'hevc') return serialiseHevcRecord(this.#head, this.#sets.map(({ kind, nal }) => ({ type: kind, nal })));
    const { chroma, lumaDepth, chromaDepth } = readSps(this.sps);
    const record: Pick<AvcRecord, 'profile' | 'level'> = { profile: this.sps[1] ?? 100, level: this.sps[3] ?? 40 };
    return serialiseAvcRecord({ ...record, chroma, lumaDepth, chromaDepth }, this.lengthSize, nals(7), nals(8));
  }

  /** Why samples cannot be copied, or null. */
  get copyObstacle(): string | null {
    if (this.hasConflict) return 'its parameter sets change in mid-stream';
    // A track has one width of lengths, and what we encode has 4 bytes.
    return this.lengthSize === 4 ? null : `its coded units have lengths of ${this.lengthSize} ${this.lengthSize === 1 ? 'byte' : 'bytes'}, others of 4: they cannot stand in one track`;
  }

  /** Ids that a movie must give to this source, and what they contain. */
  summary(): { hash: string; count: number } {
    const hash = createHash('sha1');
    const sorted = this.#sets.map(({ nal }) => nal).toSorted((a, b) => Buffer.compare(a, b));
    for (const nal of sorted) hash.update(`${nal.length} `).update(nal);
    const count = Math.max(...kinds[this.codec].map((kind) => this.#sets.filter((set) => set.kind === kind).length));
    return { hash: hash.digest('hex'), count };
  }

  #kind(header: number): number {
    return this.codec === 'h264' ? header & 31 : (header >> 1) & 63;
  }

  /** False: its id is taken by another. */
  #hold(nal: Uint8Array): boolean {
    const kind = this.#kind(nal[0] ?? 0);
    if (!kinds[this.codec].includes(kind)) return false;
    const id = this.#id(kind, nal);
    if (id > mostIds) return false;
    const before = this.#sets.find((set) => set.kind === kind && set.id === id);
    if (before) {
      if (Buffer.compare(before.nal, trimmed(nal)) !== 0) this.hasConflict = true;
      return false;
    }
    this.#sets.push({ kind, id, nal: trimmed(nal) });
    return true;
  }

  #id(kind: number, nal: Uint8Array): number {
    if (this.codec === 'h264') return kind === 7 ? readSps(nal).id : readPps(nal).id;
    return kind === 32 ? readVpsId(nal) : kind === 33 ? readHevcSps(nal).id : readHevcPps(nal).id;
  }
}

function takeApart(codec: Codec, config: Uint8Array): { head: Uint8Array; lengthSize: number; nals: readonly Uint8Array[] } {
  if (codec === 'h264') {
    const { lengthSize, sps, pps } = parseAvcRecord(config);
    return { head: config.subarray(0, 6), lengthSize, nals: [...sps, ...pps] };
  }
  const { head, nals } = parseHevcRecord(config);
  return { head, lengthSize: ((head[21] ?? 0) & 3) + 1, nals: nals.map(({ nal }) => nal) };
}

/** Without the zero bytes that may stand behind a unit. */
function trimmed(nal: Uint8Array): Uint8Array {
  let end = nal.length;
  while (end > 1 && nal[end - 1] === 0) end--;
  return end === nal.length ? nal : nal.subarray(0, end);
}
