/** A file over HTTP with Range, the same for every host (RFC 9110, 14). Streams; a reader that goes away closes the file. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { flattenError } from '../../base/errors.ts';

export async function rangeFile(request: Request, path: string, contentType: string): Promise<Response> {
  const found = await stat(path).catch((error: unknown) => {
    if (flattenError(error).code === 'input.missing') return null;
    throw error;
  });
  if (!found?.isFile()) return new Response('not found', { status: 404 });
  const { size } = found;
  const headers = new Headers({ 'content-type': contentType, 'accept-ranges': 'bytes', 'cache-control': 'no-cache', etag: `"${size}-${found.mtimeMs}"` });
  const range = parseRange(request.headers.get('range'), size);
  if (range === 'unsatisfiable') return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  const { from, to } = range ?? { from: 0, to: size };
  headers.set('content-length', String(to - from));
  if (range) headers.set('content-range', `bytes ${from}-${to - 1}/${size}`);
  const body = request.method === 'HEAD' || to === from ? null : fileBody(path, from, to);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** [from, to); null for the whole: no header, or one that we need not follow (several ranges, another unit). */
export function parseRange(header: string | null, size: number): { readonly from: number; readonly to: number } | 'unsatisfiable' | null {
  const match = header === null ? null : /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const suffix = Math.min(size, Number(last));
    return suffix === 0 ? 'unsatisfiable' : { from: size - suffix, to: size };
  }
  const from = Number(first);
  if (from >= size) return 'unsatisfiable';
  if (last !== '' && Number(last) < from) return null;
  return { from, to: last === '' ? size : Math.min(size, Number(last) + 1) };
}

function fileBody(path: string, from: number, to: number): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path, { start: from, end: to - 1, highWaterMark: 256 * 1024 })) as ReadableStream<Uint8Array>;
}
