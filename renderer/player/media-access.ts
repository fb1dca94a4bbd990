/** Windows and bytes of shots by URL. One request for the bytes of a window, whatever number of samples it has. */
import { pictureWindowSchema, soundWindowSchema, type PictureWindow, type SoundWindow } from '../../app/contract/playback.ts';
import { readAhead } from './read-ahead.ts';

/** Between samples that lie apart by no more than this one request is cheaper than two. */
const bridgedGap = 128 * 1024;

type Columns = { readonly file: readonly number[]; readonly offset: readonly number[]; readonly size: readonly number[] };
/** Samples [from, to) lie in bytes [start, end) of a file, in order. */
type Run = { readonly file: number; readonly start: number; readonly end: number; readonly from: number; readonly to: number };

export class MediaAccess {
  readonly #base: string;
  readonly #undecodable = new Set<number>();

  constructor(mediaBase: string) {
    this.#base = mediaBase;
  }

  /** Shots on which the browser's decoder gave up. */
  isUndecodable(shotId: number): boolean {
    return this.#undecodable.has(shotId);
  }

  noteUndecodable(shotId: number): void {
    this.#undecodable.add(shotId);
  }

  async picture(shotId: number, from: number, frames: number, signal: AbortSignal): Promise<PictureWindow> {
    return pictureWindowSchema.parse(await this.#json(`/shots/${String(shotId)}/picture?from=${String(from)}&frames=${String(frames)}`, signal));
  }

  async sound(shotId: number, from: number, frames: number, signal: AbortSignal): Promise<SoundWindow> {
    return soundWindowSchema.parse(await this.#json(`/shots/${String(shotId)}/sound?from=${String(from)}&frames=${String(frames)}`, signal));
  }

  async frames(shotId: number, from: number, to: number, size: { readonly width: number; readonly height: number }, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#get(`/shots/${String(shotId)}/frames?from=${String(from)}&to=${String(to)}&width=${String(size.width)}&height=${String(size.height)}`, { signal });
    if (!body) throw new Error('no frames came');
    return body;
  }

  /** The bytes of each sample, as they arrive: a decoder begins with the first while the last are on their way. They come whether asked for or not: connections are few. */
  samples(shotId: number, variant: string, columns: Columns, signal: AbortSignal): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return readAhead(this.#samples(shotId, variant, columns, signal));
  }

  async *#samples(shotId: number, variant: string, columns: Columns, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (const run of runsOf(columns)) {
      const { body } = await this.#get(`/shots/${String(shotId)}/bytes/${String(run.file)}?variant=${variant}`, { signal, headers: { range: `bytes=${String(run.start)}-${String(run.end - 1)}` } });
      if (!body) throw new Error('no bytes came');
      yield* cut(body, run, columns);
    }
  }

  /** All of them. */
  async bytes(shotId: number, variant: string, columns: Columns, signal: AbortSignal): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const result: Uint8Array<ArrayBuffer>[] = [];
    for await (const sample of this.#samples(shotId, variant, columns, signal)) result.push(sample);
    return result;
  }

  async #json(path: string, signal: AbortSignal): Promise<unknown> {
    return (await this.#get(path, { signal })).json();
  }

  async #get(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(this.#base + path, init);
    if (!response.ok) throw new Error((await response.text()).trim() || `the host answered ${String(response.status)}`);
    return response;
  }
}

function runsOf({ file, offset, size }: Columns): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < size.length;) {
    const start = offset[from] ?? 0;
    let end = start + (size[from] ?? 0);
    let to = from + 1;
    for (; to < size.length; to++) {
      const at = offset[to] ?? 0;
      if (file[to] !== file[from] || at < end || at > end + bridgedGap) break;
      end = at + (size[to] ?? 0);
    }
    runs.push({ file: file[from] ?? 0, start, end, from, to });
    from = to;
  }
  return runs;
}

/** The samples of a run out of its bytes. */
async function* cut(body: ReadableStream<Uint8Array>, { start, from, to }: Run, { offset, size }: Columns): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let sample = new Uint8Array(size[from] ?? 0);
  let at = from;
  let position = start;
  for await (const chunk of body) {
    for (let used = 0; at < to;) {
      const begin = offset[at] ?? 0;
      const have = Math.max(0, position + used - begin);
      used = Math.max(used, begin - position);
      if (used > chunk.length || (used === chunk.length && sample.length > 0)) break;
      const part = chunk.subarray(used, used + sample.length - have);
      sample.set(part, have);
      used += part.length;
      if (have + part.length < sample.length) break;
      yield sample;
      at++;
      sample = new Uint8Array(size[at] ?? 0);
    }
    position += chunk.length;
  }
  if (at < to) throw new Error('the file was cut short');
}
