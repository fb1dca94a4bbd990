/** The samples of fragments behind those of the movie header. */
import { Cursor } from './cursor.ts';
import { recordSize, runFlags, type TrackRun } from './fragments.ts';
import { checkCount, type SampleTable } from './sample-table.ts';

const isNonSync = 0x10000;
const dependsOnOthers = 0x1000000;
const isDependedOn = 0xc00000;
const isDependedOnByNone = 0x800000;

export function withFragments(table: SampleTable, runs: readonly TrackRun[]): SampleTable {
  const added = runs.reduce((sum, run) => sum + run.count, 0);
  if (added === 0) return table;
  const count = table.count + added;
  checkCount(count);
  const whole = {
    count,
    offset: extended(table.offset, new Float64Array(count)),
    size: extended(table.size, new Uint32Array(count)),
    time: extended(table.time, new Float64Array(count)),
    isSync: table.isSync ? extended(table.isSync, new Uint8Array(count)) : new Uint8Array(count).fill(1, 0, table.count),
    isDisposable: table.isDisposable ? extended(table.isDisposable, new Uint8Array(count)) : new Uint8Array(count),
    entry: table.entry ? extended(table.entry, new Uint16Array(count)) : new Uint16Array(count),
    end: table.end,
  };
  let at = table.count;
  for (const run of runs) {
    whole.entry.fill(run.entry, at, at + run.count);
    whole.end = addRun(run, whole, at, run.time ?? whole.end);
    at += run.count;
  }
  return { ...whole, entry: whole.entry.some((entry) => entry !== 0) ? whole.entry : null };
}

type Columns = Pick<SampleTable, 'offset' | 'size' | 'time'> & { readonly isSync: Uint8Array; readonly isDisposable: Uint8Array };

/** Returns the decode time behind the run. */
function addRun(run: TrackRun, table: Columns, first: number, start: number): number {
  const cursor = new Cursor(run.bytes, run.at, run.at + run.count * recordSize(run.flags));
  let decode = start;
  let { offset } = run;
  for (let i = 0; i < run.count; i++) {
    const duration = run.flags & runFlags.duration ? cursor.u32() : run.duration;
    const size = run.flags & runFlags.size ? cursor.u32() : run.size;
    const own = run.flags & runFlags.flags ? cursor.u32() : run.sampleFlags;
    const flags = i === 0 ? (run.firstFlags ?? own) : own;
    // Signed in version 0 too, as in 'ctts'.
    const composition = run.flags & runFlags.composition ? cursor.i32() : 0;
    const at = first + i;
    table.offset[at] = offset;
    table.size[at] = size;
    table.time[at] = decode + composition;
    table.isSync[at] = (flags & (isNonSync | dependsOnOthers)) === 0 ? 1 : 0;
    table.isDisposable[at] = (flags & isDependedOn) === isDependedOnByNone ? 1 : 0;
    offset += size;
    decode += duration;
  }
  return decode;
}

function extended<T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
