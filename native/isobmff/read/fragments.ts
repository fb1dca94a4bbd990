/** Movie fragments (ISO 14496-12, 8.8): the runs of samples of every track, not yet expanded. */
import { boxesIn, children, open, openFull, type Box } from './box-list.ts';
import { damaged } from './cursor.ts';
import type { MovieBoxes } from './find-movie.ts';
import type { MediaFile } from './media-file.ts';
import { checkCount } from './sample-table.ts';

/** 'trex': what a track's fragments do not say. */
export type TrackExtends = { readonly entry: number; readonly duration: number; readonly size: number; readonly flags: number };

/** 'trun' with its defaults. `bytes` from `at` holds `count` records as `flags` say. */
export type TrackRun = {
  /** Sample description, from 0. */
  readonly entry: number;
  /** Decode time of the first sample where the fragment tells it; null: it goes on from the run before. */
  readonly time: number | null;
  readonly offset: number;
  readonly count: number;
  readonly bytes: Buffer;
  readonly at: number;
  readonly flags: number;
  readonly duration: number;
  readonly size: number;
  readonly sampleFlags: number;
  readonly firstFlags: number | null;
  /** Bytes of all samples. */
  readonly dataSize: number;
};

export const runFlags = { offset: 1, firstFlags: 4, duration: 0x100, size: 0x200, flags: 0x400, composition: 0x800 } as const;
const headerFlags = { base: 1, entry: 2, duration: 8, size: 16, flags: 32, baseIsMoof: 0x20000 } as const;

const mostHeaderBytes = 512 * 1024 * 1024;
const mostEmptySamples = 1 << 16;

/** Runs by track id, in the order of the file. Throws `input.damaged`. */
export function readFragments(file: MediaFile, fragments: MovieBoxes['fragments'], defaults: ReadonlyMap<number, TrackExtends>): Map<number, TrackRun[]> {
  const runs = new Map<number, TrackRun[]>();
  let total = 0;
  for (const { offset, size } of fragments) {
    total += size;
    if (total > mostHeaderBytes) throw damaged('its fragments have headers of an absurd length');
    const bytes = file.read(offset, size);
    const [moof] = boxesIn(bytes, 0, bytes.length);
    if (!moof) continue;
    let end = offset;
    for (const traf of children(moof)) if (traf.type === 'traf') end = readTrackFragment(traf, offset, end, defaults, runs, file.size);
  }
  return runs;
}

type Defaults = Pick<TrackRun, 'entry' | 'duration' | 'size' | 'sampleFlags'>;

/** Returns where the data of this fragment ends, which is where that of the next may begin. */
function readTrackFragment(traf: Box, moofAt: number, dataEnd: number, defaults: ReadonlyMap<number, TrackExtends>, runs: Map<number, TrackRun[]>, fileSize: number): number {
  const boxes = children(traf);
  const header = boxes.find((box) => box.type === 'tfhd');
  if (!header) return dataEnd;
  const { cursor, flags } = openFull(header);
  const id = cursor.u32();
  const trex = defaults.get(id);
  if (!trex) return dataEnd;
  const base = flags & headerFlags.base ? cursor.u64() : flags & headerFlags.baseIsMoof ? moofAt : dataEnd;
  const own: Defaults = {
    entry: Math.max(0, (flags & headerFlags.entry ? cursor.u32() : trex.entry) - 1),
    duration: flags & headerFlags.duration ? cursor.u32() : trex.duration,
    size: flags & headerFlags.size ? cursor.u32() : trex.size,
    sampleFlags: flags & headerFlags.flags ? cursor.u32() : trex.flags,
  };
  const list = runs.get(id) ?? [];
  runs.set(id, list);
  let time = readDecodeTime(boxes.find((box) => box.type === 'tfdt') ?? null);
  let next = base;
  for (const box of boxes) {
    if (box.type !== 'trun') continue;
    const run = readRun(box, own, base, next, time, fileSize);
    if (run.count === 0) continue;
    list.push(run);
    next = run.offset + run.dataSize;
    time = null;
  }
  return next;
}

function readDecodeTime(box: Box | null): number | null {
  if (!box) return null;
  const { cursor, version } = openFull(box);
  return version === 1 ? cursor.u64() : cursor.u32();
}

function readRun(box: Box, own: Defaults, base: number, next: number, time: number | null, fileSize: number): TrackRun {
  const { flags } = openFull(box);
  const cursor = open(box).skip(4);
  const count = cursor.u32();
  const offset = flags & runFlags.offset ? base + cursor.i32() : next;
  const firstFlags = flags & runFlags.firstFlags ? cursor.u32() : null;
  const stride = recordSize(flags);
  if (count * stride > cursor.left) throw damaged('a run of its fragments says that it has more samples than it holds');
  let dataSize = 0;
  if (flags & runFlags.size) {
    checkCount(count);
    const skip = flags & runFlags.duration ? 4 : 0;
    for (let i = 0; i < count; i++) dataSize += cursor.bytes.readUInt32BE(cursor.at + i * stride + skip);
  } else {
    dataSize = count * own.size;
    if (dataSize > fileSize || (own.size === 0 && count > mostEmptySamples)) throw damaged(`a run of its fragments tells of ${count} samples, more than the file has`);
  }
  return { ...own, time, offset, count, bytes: cursor.bytes, at: cursor.at, flags, firstFlags, dataSize };
}

export function recordSize(flags: number): number {
  return [runFlags.duration, runFlags.size, runFlags.flags, runFlags.composition].reduce((sum, flag) => sum + (flags & flag ? 4 : 0), 0);
}
