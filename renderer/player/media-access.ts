/** Windows and bytes of shots by URL. One request for the bytes of a window, whatever number of samples it has. */
import { pictureWindowSchema, soundWindowSchema, type PictureWindow, type SoundWindow } from '../../app/contract/playback.ts';

/** Between samples that lie apart by no more than this one request is cheaper than two. */
const bridgedGap = 128 * 1024;

type Column = readonly number[];

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

  /** The bytes of each sample. */
  async bytes(shotId: number, variant: string, { file, offset, size }: { readonly file: Column; readonly offset: Column; readonly size: Column }, signal: AbortSignal): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const result: Uint8Array<ArrayBuffer>[] = [];
    for (let first = 0; first < size.length;) {
      const start = offset[first] ?? 0;
      let end = start + (size[first] ?? 0);
      let next = first + 1;
      for (; next < size.length; next++) {
        const at = offset[next] ?? 0;
        if (file[next] !== file[first] || at < end || at > end + bridgedGap) break;
        end = at + (size[next] ?? 0);
      }
      const response = await this.#get(`/shots/${String(shotId)}/bytes/${String(file[first] ?? 0)}?variant=${variant}`, { signal, headers: { range: `bytes=${String(start)}-${String(end - 1)}` } });
      const bytes = new Uint8Array(await response.arrayBuffer());
      for (let i = first; i < next; i++) result.push(bytes.subarray((offset[i] ?? 0) - start, (offset[i] ?? 0) - start + (size[i] ?? 0)));
      first = next;
    }
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
