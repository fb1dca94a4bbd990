/** A job of frames.stream and the socket that it calls: the host's end of both. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { StringoutError } from '../../base/errors.ts';
import { frameHeaderBytes } from '../../contract/frame-stream.ts';

/** Runs the job that sends frames to the socket at `path`. */
export type SendFrames = (path: string, signal: AbortSignal) => Promise<unknown>;

export class FrameConnection {
  readonly #socket: Socket;
  readonly #job: Promise<unknown>;
  readonly #controller: AbortController;
  #wake: () => void = () => undefined;

  private constructor(socket: Socket, job: Promise<unknown>, controller: AbortController) {
    this.#socket = socket;
    this.#job = job;
    this.#controller = controller;
    socket.on('error', () => undefined); // Why it broke is told by the job.
    for (const event of ['readable', 'end', 'close']) socket.on(event, () => { this.#wake(); });
  }

  /** Resolves when the job has called. Throws what the job throws, and `cancelled`. */
  static async open(send: SendFrames, signal: AbortSignal): Promise<FrameConnection> {
    const place = await listen();
    const { server, path } = place;
    const controller = new AbortController();
    const waiting = new AbortController();
    const job = send(path, AbortSignal.any([controller.signal, signal]));
    try {
      // A short job may be told to be over before its call is: the call waits in the socket's queue by then.
      const silent = job.then(async () => {
        for (let turn = 0; turn < 2; turn++) await setImmediate();
        throw new StringoutError('internal', 'the frames did not come');
      });
      const [socket] = await Promise.race([once(server, 'connection', { signal: waiting.signal }) as Promise<[Socket]>, silent]);
      return new FrameConnection(socket, job, controller);
    } catch (error) {
      controller.abort();
      throw error;
    } finally {
      waiting.abort();
      // One call only: a job that is tried again begins anew, and what it would send is here already.
      server.close();
      await place.remove();
    }
  }

  /** Header and planes of the next record. Throws what the job throws; where it ends early that is `internal`. */
  async next(): Promise<readonly [Uint8Array, Uint8Array]> {
    const header = await this.#read(frameHeaderBytes);
    const planes = header && await this.#read(new DataView(header.buffer, header.byteOffset).getUint32(0, true));
    if (header && planes) return [header, planes];
    await this.#job;
    throw new StringoutError('internal', 'the frames ended early');
  }

  /** Ends the job; resolves when it is over. May be called again. */
  async close(): Promise<void> {
    this.#controller.abort();
    this.#socket.destroy();
    await this.#job.catch(() => undefined); // Whoever closes wants no more of it.
  }

  /** Null where the stream ends before. */
  async #read(bytes: number): Promise<Uint8Array | null> {
    const socket = this.#socket;
    while (!socket.readableEnded && !socket.destroyed) {
      const chunk = socket.read(bytes) as Uint8Array | null;
      if (chunk) return chunk.length === bytes ? chunk : null;
      await new Promise<void>((resolve) => { this.#wake = resolve; });
    }
    return null;
  }
}

/** A place where one worker may call. */
async function listen(): Promise<{ readonly server: Server; readonly path: string; remove(): Promise<void> }> {
  const folder = process.platform === 'win32' ? null : await mkdtemp(join(tmpdir(), 'stringout-frames-'));
  const path = folder === null ? `\\\\.\\pipe\\stringout-${randomUUID()}` : join(folder, 'socket');
  const server = createServer();
  server.listen(path);
  await once(server, 'listening');
  return { server, path, remove: async () => { if (folder !== null) await rm(folder, { recursive: true, force: true }); } };
}
