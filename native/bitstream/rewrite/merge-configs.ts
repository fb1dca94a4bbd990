/**
 * One decoder configuration out of many: every parameter set of every source under an id of its own (scheme A). Sources whose
 * ids collide with none keep every byte; the others get a rewriter for their samples.
 */
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { parseAvcRecord, parseHevcRecord, serialiseAvcRecord, serialiseHevcRecord, type AvcFormat } from './configuration-records.ts';
import { readPps, readSps, withPpsIds, withSpsColour, withSpsId } from './h264-sets.ts';
import { readHevcPps, readHevcSps, readVpsId, withHevcPpsIds, withHevcSpsIds, withVpsId } from './hevc-sets.ts';
import { IdTable } from './id-table.ts';
import { h264Rewriter, hevcRewriter } from './nal-rewriters.ts';
import { SampleRewriter } from './sample-rewriter.ts';

export type MergedConfig = {
  readonly config: Uint8Array;
  /** One for each of the configurations given; null: its samples stay as they are. */
  readonly rewrites: readonly (SampleRewriter | null)[];
};

/** One parameter set with its ids; `parent` is the id it refers to (an SPS for a PPS, a VPS for an HEVC SPS), -1 for none. */
type ParameterSet = { readonly id: number; readonly parent: number; readonly nal: Uint8Array };
type SetKind = {
  readonly most: number;
  /** No slice names it. */
  readonly isAny: boolean;
  readonly withIds: (nal: Uint8Array, id: number, parent: number) => Uint8Array;
};
type Member = { readonly lengthSize: number; readonly sets: readonly (readonly ParameterSet[])[] };

const h264Kinds: readonly SetKind[] = [
  { most: 31, isAny: true, withIds: (nal, id) => withSpsId(nal, id) },
  { most: 255, isAny: false, withIds: withPpsIds },
];
const hevcKinds: readonly SetKind[] = [
  { most: 15, isAny: true, withIds: (nal, id) => withVpsId(nal, id) },
  { most: 15, isAny: true, withIds: withHevcSpsIds },
  { most: 63, isAny: false, withIds: withHevcPpsIds },
];

/** Their key frames say all that a decoder needs, whatever the container says beside it. */
const selfDescribing: ReadonlySet<string> = new Set(['av1', 'vp9', 'vp8', 'mpeg2video', 'mjpeg', 'prores', 'dnxhd']);

/**
 * `configs` differ from each other; those of H.264 and HEVC are avcC or hvcC payloads, all of one length size. Self-describing codecs get the first.
 * Throws `plan.impossible` where the sets are more than the ids that fit, or other codecs have more than one configuration.
 */
export function mergeConfigs(codec: string, configs: readonly Uint8Array[]): MergedConfig {
  const [first] = configs;
  if (!first || configs.length === 1 || selfDescribing.has(codec)) return { config: first ?? new Uint8Array(0), rewrites: configs.map(() => null) };
  if (codec !== 'h264' && codec !== 'hevc') {
    throw new StringoutError('plan.impossible', `${codec} pictures of different encoder settings cannot stand in one track; choose a profile that encodes them`);
  }
  return codec === 'h264' ? mergeH264(configs) : mergeHevc(configs);
}

/** The configuration with the movie's colour in every SPS that tells none; H.264 only. */
export function withColour(config: Uint8Array, colour: PictureFormat['colour'], range: PictureFormat['range']): Uint8Array {
  const record = parseAvcRecord(config);
  const sps = record.sps.map((nal) => withSpsColour(nal, colour, range));
  if (sps.every((nal, i) => nal === record.sps[i])) return config;
  let end = 6;
  for (const nal of record.sps) end += 2 + nal.length;
  return Uint8Array.from([...config.subarray(0, 6), ...sps.flatMap((nal) => [nal.length >> 8, nal.length & 255, ...nal]), ...config.subarray(end)]);
}

function mergeH264(configs: readonly Uint8Array[]): MergedConfig {
  const records = configs.map(parseAvcRecord);
  const members = records.map(({ lengthSize, sps, pps }): Member => ({
    lengthSize,
    sets: [
      sps.map((nal) => ({ id: readSps(nal).id, parent: -1, nal })),
      pps.map((nal) => {
        const { id, sps: parent } = readPps(nal);
        return { id, parent, nal };
      }),
    ],
  }));
  const lengthSize = commonLengthSize(members);
  const placed = placeAll(members, h264Kinds, records.map((_, i) => i));
  const chroma = records.flatMap(({ sps }) => sps.map(readSps));
  const format: AvcFormat = {
    profile: Math.max(100, ...records.map((record) => record.profile).filter((profile) => profile > 100)),
    level: Math.max(...records.map((record) => record.level)),
    chroma: Math.max(...chroma.map((sps) => sps.chroma)),
    lumaDepth: Math.max(...chroma.map((sps) => sps.lumaDepth)),
    chromaDepth: Math.max(...chroma.map((sps) => sps.chromaDepth)),
  };
  const [sps = [], pps = []] = placed.nals;
  return {
    config: serialiseAvcRecord(format, lengthSize, sps, pps),
    rewrites: placed.changes.map((maps) => maps && new SampleRewriter(lengthSize, h264Rewriter({ sps: maps[0] ?? new Map(), pps: maps[1] ?? new Map() }))),
  };
}

function mergeHevc(configs: readonly Uint8Array[]): MergedConfig {
  const records = configs.map(parseHevcRecord);
  const reorders = records.map(({ nals }) => Math.max(0, ...nals.filter(({ type }) => type === 33).map(({ nal }) => readHevcSps(nal).reorder)));
  const members = records.map(({ head, nals }): Member => ({
    lengthSize: ((head[21] ?? 0) & 3) + 1,
    sets: [
      nals.filter(({ type }) => type === 32).map(({ nal }) => ({ id: readVpsId(nal), parent: -1, nal })),
      nals.filter(({ type }) => type === 33).map(({ nal }) => {
        const { id, vps } = readHevcSps(nal);
        return { id, parent: vps, nal };
      }),
      nals.filter(({ type }) => type === 34).map(({ nal }) => {
        const { id, sps } = readHevcPps(nal);
        return { id, parent: sps, nal };
      }),
    ],
  }));
  const lengthSize = commonLengthSize(members);
  // The set with the deepest reorder gets id 0: FFmpeg 5.1 starts from it and complains where a later one reorders more.
  const order = records.map((_, i) => i).toSorted((a, b) => (reorders[b] ?? 0) - (reorders[a] ?? 0));
  const placed = placeAll(members, hevcKinds, order);
  const template = records.reduce((best, record) => ((record.head[12] ?? 0) > (best.head[12] ?? 0) ? record : best));
  const nals = placed.nals.flatMap((list, kind) => list.map((nal) => ({ type: 32 + kind, nal })));
  return {
    config: serialiseHevcRecord(template.head, nals),
    rewrites: placed.changes.map((maps) => maps && new SampleRewriter(lengthSize, hevcRewriter({ sps: maps[1] ?? new Map(), pps: maps[2] ?? new Map() }))),
  };
}

function commonLengthSize(members: readonly Member[]): number {
  const sizes = new Set(members.map((member) => member.lengthSize));
  if (sizes.size > 1) throw new StringoutError('plan.impossible', 'sources with NAL lengths of different width cannot stand in one track; encode one of them');
  return members[0]?.lengthSize ?? 4;
}

type Placed = { readonly nals: readonly (readonly Uint8Array[])[]; readonly changes: readonly (readonly Map<number, number>[] | null)[] };

/** First those that can stay as they are, in `order`; then the others get what is free. */
function placeAll(members: readonly Member[], kinds: readonly SetKind[], order: readonly number[]): Placed {
  const tables = kinds.map((kind) => new IdTable(kind.most));
  const held = kinds.map(() => new Map<number, Uint8Array>());
  const changes: (Map<number, number>[] | null)[] = members.map(() => null);
  const moved: number[] = [];
  for (const index of order) {
    const sets = members[index]?.sets ?? [];
    const fits = sets.every((list, kind) => list.every((set) => tables[kind]?.accepts(set.id, key(kinds[kind], set.nal, set.parent))));
    if (!fits) {
      moved.push(index);
      continue;
    }
    sets.forEach((list, kind) => list.forEach((set) => {
      tables[kind]?.keep(set.id, key(kinds[kind], set.nal, set.parent));
      if (!held[kind]?.has(set.id)) held[kind]?.set(set.id, set.nal);
    }));
  }
  for (const index of moved) {
    const maps = kinds.map(() => new Map<number, number>());
    members[index]?.sets.forEach((list, kind) => list.forEach((set) => {
      const { isAny, withIds } = kinds[kind] as SetKind;
      const parent = maps[kind - 1]?.get(set.parent) ?? set.parent;
      const id = tables[kind]?.place(set.id, key(kinds[kind], set.nal, parent), isAny) ?? set.id;
      maps[kind]?.set(set.id, id);
      if (!held[kind]?.has(id)) held[kind]?.set(id, withIds(set.nal, id, parent));
    }));
    changes[index] = maps.some((map) => [...map].some(([from, to]) => from !== to)) ? maps : null;
  }
  return { nals: held.map((map) => [...map].toSorted((a, b) => a[0] - b[0]).map(([, nal]) => nal)), changes };
}

/** Content without the set's own id, with the id it refers to. */
function key(kind: SetKind | undefined, nal: Uint8Array, parent: number): string {
  return `${parent} ${Buffer.from(kind ? kind.withIds(nal, 0, 0) : nal).toString('latin1')}`;
}
