/** Runs of bytes of many files as one resource with Range: the movie before it is written. One file open at a time. */
import { open, type FileHandle } from 'node:fs/promises';
import type { LayoutMakeResult } from '../../contract/jobs/layout-make.ts';
import { parseRange } from './range-file.ts';

const blockSize = 256 * 1024;

export function rangeRuns(request: Request, runs: LayoutMakeResult, contentType: string): Response {
  const size = runs.bytes;
  const headers = new Headers({ 'content-type': contentType, 'accept-ranges': 'bytes', 'cache-control': 'no-store' });
  const range = parseRange(request.headers.get('range'), size);
  if (range === 'unsatisfiable') return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  const { from, to } = range ?? { from: 0, to: size };
  headers.set('content-length', String(to - from));
  if (range) headers.set('content-range', `bytes ${from}-${to - 1}/${size}`);
  return new Response(request.method === 'HEAD' ? null : runsBody(runs, from, to), { status: range ? 206 : 200, headers });
}

/** Reads a block each time the reader asks: nothing is held, however slow it is. */
function runsBody(runs: LayoutMakeResult, from: number, to: number): ReadableStream<Uint8Array> {
  const starts = startsOf(runs);
  let position = from;
  let handle: { readonly file: number; readonly opened: FileHandle } | null = null;
  const close = async (): Promise<void> => {
    await handle?.opened.close();
    handle = null;
  };
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const run = lastAtOrBefore(starts, position);
        const within = position - (starts[run] ?? 0);
        const length = Math.min(blockSize, to - position, (runs.length[run] ?? 0) - within);
        const file = runs.file[run] ?? 0;
        if (handle?.file !== file) {
          await close();
          handle = { file, opened: await open(runs.files[file] ?? '') };
        }
        const block = new Uint8Array(length);
        const { bytesRead } = await handle.opened.read(block, 0, length, (runs.offset[run] ?? 0) + within);
        if (bytesRead !== length) throw new Error(`${runs.files[file]} was cut short`);
        controller.enqueue(block);
        position += length;
        if (position === to) {
          await close();
          controller.close();
        }
      } catch (error) {
        await close();
        controller.error(error);
      }
    },
    cancel: close,
  }, { highWaterMark: 2 });
}

function startsOf({ length }: LayoutMakeResult): Float64Array {
  const starts = new Float64Array(length.length);
  let at = 0;
  for (let i = 0; i < starts.length; i++) {
    starts[i] = at;
    at += length[i] ?? 0;
  }
  return starts;
}

function lastAtOrBefore(starts: Float64Array, position: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const probe = (low + high + 1) >> 1;
    if ((starts[probe] ?? 0) <= position) low = probe;
    else high = probe - 1;
  }
  return low;
}
