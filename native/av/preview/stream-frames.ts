/** Frames for a viewer whose browser cannot decode them: down a socket in order, as fast as they are read and no faster. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { FramesStreamRequest } from '../../../app/contract/jobs/preview.ts';
import { frameHeader } from '../../../app/contract/frame-stream.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { ConformedFrames } from '../picture/conformed-frames.ts';
import { planeBytes } from './plane-bytes.ts';
import { screenFormat } from './small-formats.ts';

/** A reader that goes away is no error: it has seen enough. Throws `decode.failed`, `input.changed`, `cancelled`. */
export async function streamFrames({ runs, width, height, socket: path }: FramesStreamRequest, context: JobContext): Promise<number> {
  const format = screenFormat(width, height);
  const socket = connect(path);
  let isGone = false;
  socket.on('close', () => { isGone = true; });
  socket.on('error', () => { isGone = true; });
  let sent = 0;
  try {
    for (const { input, ranks, numbers } of runs) {
      using frames = new ConformedFrames({ input, format, deinterlace: false, outputs: [{ frames: ranks }] }, context);
      for (let i = 0; i < ranks.length; i++) {
        using frame = await frames.take(ranks[i] ?? 0);
        if (isGone) return sent;
        const planes = new Uint8Array(planeBytes(frame));
        socket.write(frameHeader({ number: numbers[i] ?? 0, width, height, matrix: format.colour.matrix, isFullRange: false, planes }));
        if (!socket.write(planes)) await drained(socket, context);
        if (isGone) return sent;
        sent++;
      }
    }
    return sent;
  } finally {
    if (isGone) socket.destroy();
    else await new Promise<void>((resolve) => { socket.end(resolve); });
  }
}

/** Until there is room, the reader is gone, or the job is cancelled; told of as progress, so that a viewer that pauses is not taken for a hang. */
async function drained(socket: Socket, context: JobContext): Promise<void> {
  const settled = new AbortController();
  const ready = Promise.race([once(socket, 'drain', { signal: settled.signal }), once(socket, 'close', { signal: settled.signal })]);
  const timer = setInterval(() => { context.checkpoint().catch(() => { socket.destroy(); }); }, 250);
  try {
    await ready;
  } finally {
    clearInterval(timer);
    settled.abort();
  }
  await context.checkpoint();
}
