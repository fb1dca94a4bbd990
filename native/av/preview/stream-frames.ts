/** Frames for a viewer whose browser cannot decode them: down a socket in order, as fast as they are read and no faster. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { StringoutError } from '../../../app/base/errors.ts';
import type { FramesStreamRequest } from '../../../app/contract/jobs/preview.ts';
import type { PictureInput } from '../../../app/contract/jobs/shared.ts';
import { frameHeader } from '../../../app/contract/frame-stream.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { usualColour } from '../picture/conform-filters.ts';
import { ConformedFrames } from '../picture/conformed-frames.ts';
import { planeBytes } from './plane-bytes.ts';
import { screenFormat } from './small-formats.ts';

const lifeSignMs = 250;
/** H.273. */
const unspecified = 2;

/** How many were sent. A reader that goes away is no error: it has seen enough. Throws `decode.failed`, `input.changed`, `cancelled`. */
export async function streamFrames({ runs, width, height, socket: path }: FramesStreamRequest, context: JobContext): Promise<number> {
  const format = screenFormat(width, height);
  const total = runs.reduce((sum, { ranks }) => sum + ranks.length, 0);
  // Frames sent and times that the reader was waited for: a viewer that pauses is not to be taken for a hang.
  let signs = 0;
  const pace: JobContext = { progress: () => { context.progress(++signs, Math.max(total, signs)); }, checkpoint: () => context.checkpoint() };
  const socket = await called(path);
  let sent = 0;
  try {
    for (const { input, ranks, numbers } of runs) {
      using frames = new ConformedFrames({ input: toldMatrix(input), format, deinterlace: false, outputs: [{ frames: ranks }] }, pace);
      for (let i = 0; i < ranks.length; i++) {
        using frame = await frames.take(ranks[i] ?? 0);
        if (socket.destroyed) return sent;
        const planes = new Uint8Array(planeBytes(frame));
        socket.write(frameHeader({ number: numbers[i] ?? 0, width, height, matrix: format.colour.matrix, isFullRange: false, planes }));
        if (!socket.write(planes)) await settled(socket, 'drain', pace);
        if (socket.destroyed) return sent;
        sent++;
      }
    }
    socket.end();
    await settled(socket, 'finish', pace);
    return sent;
  } finally {
    socket.destroySoon();
  }
}

/** What does not say its matrix has that of its size, as for stills and players; not that of the screen. */
function toldMatrix(input: PictureInput): PictureInput {
  const { format } = input;
  return format.colour.matrix === unspecified ? { ...input, format: { ...format, colour: { ...format.colour, matrix: usualColour(format).matrix } } } : input;
}

/** Throws `cancelled` where nobody listens any more. */
async function called(path: string): Promise<Socket> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    throw new StringoutError('cancelled', 'nobody waits for these frames any more', {}, { cause: error });
  }
  socket.on('error', () => undefined); // It is destroyed then, which is looked at.
  return socket;
}

/** Until it has happened, the reader is gone, or the job is cancelled. */
async function settled(socket: Socket, event: 'drain' | 'finish', pace: JobContext): Promise<void> {
  const over = new AbortController();
  const timer = setInterval(() => {
    pace.progress(0, 0);
    pace.checkpoint().catch(() => { socket.destroy(); });
  }, lifeSignMs);
  try {
    const { signal } = over;
    if (!socket.destroyed) await Promise.race([once(socket, event, { signal }), once(socket, 'close', { signal })]).catch(() => undefined);
  } finally {
    clearInterval(timer);
    over.abort();
  }
  await pace.checkpoint();
}
