/** The tables of 'stbl' (ISO 14496-12, 8.6 and 8.7) expanded to one element a sample, in decode order. */
import { openFull, type Box } from './box-list.ts';
import { type Cursor, damaged } from './cursor.ts';
import type { Track } from './track.ts';

export type SampleTable = {
  count: number;
  offset: Float64Array;
  size: Uint32Array;
  /** Time of presentation in the track's timescale: decode time plus composition offset. */
  time: Float64Array;
  /** Units from the start of the media to the end of its last sample, in order of decoding. */
  end: number;
  /** 1 where decoding can start; null: everywhere. */
  isSync: Uint8Array | null;
  /** 1 where no other sample needs it; null: not told. */
  isDisposable: Uint8Array | null;
  /** Sample description of each, from 0; null: all the first. */
  entry: Uint16Array | null;
};

/** 19 hours at 60 frames a second, a day of AAC. */
const mostSamples = 1 << 22;

export function checkCount(count: number): void {
  if (count > mostSamples) throw damaged(`its header tells of ${count} samples, which is impossible`);
}

/** Where samples lie is not compared with the file yet. Throws `input.damaged`. */
export function readSampleTable(track: Track): SampleTable {
  const size = readSizes(track);
  const count = size.length;
  const { offset, entry } = readOffsets(track, size);
  const time = new Float64Array(count);
  const end = readTimes(track, time);
  return { count, offset, size, time, end, entry, isSync: readSync(track, count), isDisposable: readDisposable(track, count) };
}

function readSizes(track: Track): Uint32Array {
  const stsz = track.tables.get('stsz');
  if (stsz) {
    const { cursor } = openFull(stsz);
    const constant = cursor.u32();
    const count = cursor.u32();
    if (constant > 0) {
      checkCount(count);
      return new Uint32Array(count).fill(constant);
    }
    requireEntries(cursor, count, 4, 'stsz');
    checkCount(count);
    const sizes = new Uint32Array(count);
    const { bytes, at } = cursor;
    for (let i = 0; i < count; i++) sizes[i] = bytes.readUInt32BE(at + 4 * i);
    return sizes;
  }
  const stz2 = track.tables.get('stz2');
  return stz2 ? readCompactSizes(stz2) : new Uint32Array(0);
}

function readCompactSizes(box: Box): Uint32Array {
  const { cursor } = openFull(box);
  const bits = cursor.skip(3).u8();
  const count = cursor.u32();
  if (bits !== 4 && bits !== 8 && bits !== 16) throw damaged(`its sample sizes have ${bits} bits, which is impossible`);
  requireEntries(cursor, count, bits / 8, 'stz2');
  checkCount(count);
  const sizes = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    if (bits === 16) sizes[i] = cursor.u16();
    else if (bits === 8) sizes[i] = cursor.u8();
    else sizes[i] = i % 2 === 0 ? (cursor.bytes[cursor.at + (i >> 1)] ?? 0) >> 4 : (cursor.bytes[cursor.at + (i >> 1)] ?? 0) & 15;
  }
  return sizes;
}

function readOffsets(track: Track, size: Uint32Array): { offset: Float64Array; entry: Uint16Array | null } {
  const count = size.length;
  const offset = new Float64Array(count);
  let entry: Uint16Array | null = null;
  let next = 0;
  eachChunk(track, (at, samples, description) => {
    let position = at;
    const to = Math.min(count, next + samples);
    for (let i = next; i < to; i++) {
      offset[i] = position;
      position += size[i] ?? 0;
    }
    if (description > 0) {
      entry ??= new Uint16Array(count);
      entry.fill(description, next, to);
    }
    next = to;
    return next < count;
  });
  if (next < count) throw damaged(`its header says where ${next} of its ${count} samples lie, and nothing of the others`);
  return { offset, entry };
}

/** Chunks in order: offset in the file, samples in it, sample description from 0. `visit` returns false to stop. */
export function eachChunk(track: Track, visit: (offset: number, samples: number, description: number) => boolean): void {
  const stsc = track.tables.get('stsc');
  const stco = track.tables.get('stco') ?? track.tables.get('co64');
  if (!stsc || !stco) return;
  const runs = openFull(stsc).cursor;
  const runCount = runs.u32();
  requireEntries(runs, runCount, 12, 'stsc');
  const offsets = openFull(stco).cursor;
  const chunkCount = offsets.u32();
  const isWide = stco.type === 'co64';
  checkRuns(runs, runCount, chunkCount);
  requireEntries(offsets, chunkCount, isWide ? 8 : 4, stco.type);
  let run = -1;
  let nextFirst = 1;
  let samples = 0;
  let description = 0;
  for (let chunk = 1; chunk <= chunkCount; chunk++) {
    while (chunk >= nextFirst && run + 1 < runCount) {
      run++;
      runs.skip(4);
      samples = runs.u32();
      description = Math.max(0, runs.u32() - 1);
      nextFirst = run + 1 < runCount ? runs.bytes.readUInt32BE(runs.at) : Infinity;
    }
    const offset = isWide ? offsets.u64() : offsets.u32();
    if (!visit(offset, samples, description)) return;
  }
}

/** Throws `input.damaged` where runs begin at chunks that are not there. */
function checkRuns(runs: Cursor, runCount: number, chunkCount: number): void {
  if (runCount === 0 || chunkCount === 0) return;
  const first = runs.bytes.readUInt32BE(runs.at);
  const last = runs.bytes.readUInt32BE(runs.at + 12 * (runCount - 1));
  if (first > 1 || last > chunkCount) throw damaged('its tables of chunks contradict each other');
}

/** Fills the times of presentation; returns the end of the last sample. */
function readTimes(track: Track, time: Float64Array): number {
  const count = time.length;
  const stts = track.tables.get('stts');
  let decode = 0;
  let i = 0;
  if (stts) {
    const { cursor } = openFull(stts);
    const entries = cursor.u32();
    requireEntries(cursor, entries, 8, 'stts');
    let delta = 0;
    for (let e = 0; e < entries && i < count; e++) {
      const to = Math.min(count, i + cursor.u32());
      // Some writers correct drift by negative durations.
      delta = cursor.i32();
      for (; i < to; i++, decode += delta) time[i] = decode;
    }
    for (; i < count; i++, decode += delta) time[i] = decode;
  }
  const ctts = track.tables.get('ctts');
  if (ctts) {
    const { cursor } = openFull(ctts);
    const entries = cursor.u32();
    requireEntries(cursor, entries, 8, 'ctts');
    i = 0;
    for (let e = 0; e < entries && i < count; e++) {
      const to = Math.min(count, i + cursor.u32());
      // Signed in version 0 too: QuickTime writes it so.
      const shift = cursor.i32();
      if (shift === 0) i = to;
      for (; i < to; i++) time[i] = (time[i] ?? 0) + shift;
    }
  }
  return decode;
}

function readSync(track: Track, count: number): Uint8Array | null {
  const stss = track.tables.get('stss');
  if (!stss) return null;
  const isSync = new Uint8Array(count);
  mark(stss, isSync);
  // QuickTime's partial sync samples: open GOPs.
  const stps = track.tables.get('stps');
  if (stps) mark(stps, isSync);
  return isSync;
}

function mark(box: Box, isSync: Uint8Array): void {
  const { cursor } = openFull(box);
  const entries = cursor.u32();
  requireEntries(cursor, entries, 4, box.type);
  for (let e = 0; e < entries; e++) {
    const sample = cursor.u32() - 1;
    if (sample >= 0 && sample < isSync.length) isSync[sample] = 1;
  }
}

function readDisposable(track: Track, count: number): Uint8Array | null {
  const sdtp = track.tables.get('sdtp');
  if (!sdtp) return null;
  const isDisposable = new Uint8Array(count);
  const from = sdtp.start + 4;
  const told = Math.min(count, sdtp.end - from);
  // sample_is_depended_on 2: no other sample depends on this one.
  for (let i = 0; i < told; i++) if ((((sdtp.bytes[from + i] ?? 0) >> 2) & 3) === 2) isDisposable[i] = 1;
  return isDisposable;
}

function requireEntries(cursor: Cursor, count: number, width: number, type: string): void {
  if (count * width > cursor.left) throw damaged(`its table "${type}" says that it has ${count} entries and holds fewer`);
}
