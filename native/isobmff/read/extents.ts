/** Whether samples lie in the file at all. */
import { damaged } from './cursor.ts';
import type { SampleTable } from './sample-table.ts';

/** Samples before the first that is not whole in the file. */
export function wholeSamples(table: SampleTable, fileSize: number): number {
  for (let i = 0; i < table.count; i++) if ((table.offset[i] ?? 0) < 0 || (table.offset[i] ?? 0) + (table.size[i] ?? 0) > fileSize) return i;
  return table.count;
}

/** Samples may be used again, but not without end: their heads are read. */
const mostReuse = 8;

/** Throws `input.damaged`, telling how many frames are whole. */
export function checkWhole(table: SampleTable, fileSize: number): void {
  if (wholeSamples(table, fileSize) === table.count) {
    const total = table.size.reduce((sum, bytes) => sum + bytes, 0);
    if (total > mostReuse * fileSize) throw damaged('its header uses the same bytes for impossibly many frames');
    return;
  }
  let whole = 0;
  for (let i = 0; i < table.count; i++) if ((table.offset[i] ?? 0) >= 0 && (table.offset[i] ?? 0) + (table.size[i] ?? 0) <= fileSize) whole++;
  throw damaged(whole === 0 ? 'none of its frames lie in the file: it is cut short, or its header is wrong' : `it is cut short: only ${whole} of its ${table.count} frames are whole`);
}

/** The table's first `count` samples. */
export function truncated(table: SampleTable, count: number): SampleTable {
  return {
    count, end: count < table.count ? (table.time[count] ?? table.end) : table.end,
    offset: table.offset.slice(0, count), size: table.size.slice(0, count), time: table.time.slice(0, count),
    isSync: table.isSync?.slice(0, count) ?? null, isDisposable: table.isDisposable?.slice(0, count) ?? null, entry: table.entry?.slice(0, count) ?? null,
  };
}
