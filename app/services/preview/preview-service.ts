/**
 * What shots look and sound like, on demand: thumbnails and waveforms kept on disk, stills, and frames streamed for what a browser cannot
 * decode. One job of each kind at a time, so that exports keep the machine.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { StringoutError } from '../../base/errors.ts';
import type { Picture, Source } from '../../domain/source.ts';
import type { JobRunner } from '../assembly/ports.ts';
import { Slots } from '../pool/slots.ts';
import { PreviewFiles } from './preview-files.ts';
import { framesRequest, peaksRequest, sizeWithin, stillRequest, stripRequest, type FrameRange } from './preview-requests.ts';

const forever = new AbortController().signal;

export class PreviewService {
  readonly #jobs: JobRunner;
  readonly #files: PreviewFiles;
  readonly #strips = new Slots(1);
  readonly #peaks = new Slots(1);

  /** `folder` exists; it is this service's own. */
  constructor(jobs: JobRunner, folder: string) {
    this.#jobs = jobs;
    this.#files = new PreviewFiles(folder);
  }

  /** Path of a JPEG; null where there is no picture. Throws what the decoder throws. */
  async strip(source: Source): Promise<string | null> {
    const { picture } = source;
    if (!picture) return null;
    return this.#files.get(`${source.fingerprint}.strip.jpg`, async (path) => {
      const free = await this.#strips.take(forever);
      try {
        await this.#jobs.run<'strip.make'>(stripRequest(source, picture, path), { signal: forever });
      } finally {
        free();
      }
    });
  }

  /** Path of a file of app/contract/peaks-file.ts; null where there is no sound. */
  async peaks(source: Source): Promise<string | null> {
    if (!source.sound) return null;
    return this.#files.get(`${source.fingerprint}.peaks`, async (path) => {
      const request = peaksRequest(source, path);
      const free = await this.#peaks.take(forever);
      try {
        if (request) await this.#jobs.run<'peaks.make'>(request, { signal: forever });
      } finally {
        free();
      }
    });
  }

  /** Path of a PNG of one frame at full size. */
  async still(source: Source, frame: number): Promise<string> {
    const picture = pictureOf(source);
    return this.#files.get(`${source.fingerprint}.${frame}.png`, async (path) => {
      await this.#jobs.run<'still.make'>(stillRequest(source, picture, frame, path), { signal: forever });
    });
  }

  /** Records of app/contract/frame-stream.ts; ends where the range does. Cancelling the stream ends the job. */
  async frames(source: Source, range: FrameRange, most: { readonly width: number; readonly height: number }): Promise<ReadableStream<Uint8Array>> {
    const picture = pictureOf(source);
    const listening = await listen();
    const controller = new AbortController();
    const job = this.#jobs.run<'frames.stream'>(framesRequest(source, picture, range, sizeWithin(picture, most), listening.path), { signal: controller.signal });
    const failed = job.then(() => new Promise<never>(() => undefined)); // only its failure counts here
    const [socket] = await Promise.race([once(listening.server, 'connection') as Promise<[Socket]>, failed]).catch(async (error: unknown) => {
      await listening.close();
      throw error;
    });
    const close = async (): Promise<void> => {
      controller.abort();
      socket.destroy();
      await listening.close();
      await job.catch(() => undefined); // the reader is told below, or has gone
    };
    const iterator = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    return new ReadableStream<Uint8Array>({
      pull: async (stream) => {
        try {
          const { done, value } = await iterator.next();
          if (!done) {
            stream.enqueue(value);
            return;
          }
          await job;
          await close();
          stream.close();
        } catch (error) {
          await close();
          stream.error(error);
        }
      },
      cancel: close,
    });
  }
}

function pictureOf(source: Source): Picture {
  if (!source.picture) throw new StringoutError('input.unsupported', 'has no picture', { file: source.path });
  return source.picture;
}

/** A place where one worker may call. */
async function listen(): Promise<{ readonly server: Server; readonly path: string; close(): Promise<void> }> {
  const folder = process.platform === 'win32' ? null : await mkdtemp(join(tmpdir(), 'stringout-frames-'));
  const path = folder === null ? `\\\\.\\pipe\\stringout-${randomUUID()}` : join(folder, 'socket');
  const server = createServer();
  server.listen(path);
  await once(server, 'listening');
  return {
    server, path,
    close: async () => {
      server.close();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    },
  };
}
