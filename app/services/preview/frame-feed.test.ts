import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { StringoutError } from '../../base/errors.ts';
import { frameHeader, readFrameStream } from '../../contract/frame-stream.ts';
import { frameFeed, type SendNumbered } from './frame-feed.ts';

const never = new AbortController().signal;
const planes = new Uint8Array(300_000);

type Sender = { readonly send: SendNumbered; readonly asked: number[][]; readonly ended: PromiseWithResolvers<void>[] };

/** A job that sends through a real socket, with room for less than one frame in it; `until` frames in all, then it fails. */
function sender(until = Infinity): Sender {
  const asked: number[][] = [];
  const ended: PromiseWithResolvers<void>[] = [];
  const send: SendNumbered = async (numbers, path, signal) => {
    asked.push([...numbers]);
    const over = Promise.withResolvers<void>();
    ended.push(over);
    const socket = connect(path);
    socket.on('error', () => undefined);
    const closed = once(socket, 'close').catch(() => undefined);
    try {
      await once(socket, 'connect');
      for (const [i, number] of numbers.entries()) {
        if (i >= until) throw new StringoutError('decode.failed', 'damaged');
        socket.write(frameHeader({ number, width: 2, height: 2, matrix: 1, isFullRange: false, planes }));
        if (!socket.write(planes)) await Promise.race([once(socket, 'drain'), closed]);
        if (signal.aborted) throw new StringoutError('cancelled', 'cancelled');
      }
    } finally {
      socket.end();
      over.resolve();
    }
  };
  return { send, asked, ended };
}

async function numbersOf(stream: ReadableStream<Uint8Array>, taken: (number: number) => Promise<void> = () => Promise.resolve()): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { number } of readFrameStream(stream)) {
    numbers.push(number);
    await taken(number);
  }
  return numbers;
}

const wanted = [9, 8, 7, 6, 5, 4];

test('a reader that pauses holds no worker, and goes on with the frame that is due', async () => {
  const { send, asked, ended } = sender();
  const stream = await frameFeed({ numbers: wanted, send, signal: never, patience: 1 });
  const numbers = await numbersOf(stream, async (number) => {
    if (number === 8) await ended.at(-1)?.promise;
  });
  expect(numbers).toEqual(wanted);
  expect(asked.length).toBeGreaterThan(1);
  expect(asked[0]).toEqual(wanted);
});

test('a reader that reads has all from one job', async () => {
  const { send, asked } = sender();
  expect(await numbersOf(await frameFeed({ numbers: wanted, send, signal: never, patience: 600_000 }))).toEqual(wanted);
  expect(asked).toEqual([wanted]);
});

test('a job that fails fails the stream, after the frames before; one that sends nothing, at once', async () => {
  const numbers: number[] = [];
  const stream = await frameFeed({ numbers: wanted, send: sender(2).send, signal: never });
  await expect(numbersOf(stream, (number) => Promise.resolve(void numbers.push(number)))).rejects.toMatchObject({ code: 'decode.failed' });
  expect(numbers).toEqual([9, 8]);
  await expect(frameFeed({ numbers: wanted, send: sender(0).send, signal: never })).rejects.toMatchObject({ code: 'decode.failed' });
  await expect(frameFeed({ numbers: wanted, send: () => Promise.resolve(), signal: never })).rejects.toMatchObject({ code: 'internal' });
});

test('cancelling and aborting end the job', async () => {
  const first = sender();
  await (await frameFeed({ numbers: wanted, send: first.send, signal: never })).cancel();
  await first.ended[0]?.promise;
  const [second, controller] = [sender(), new AbortController()];
  const stream = await frameFeed({ numbers: wanted, send: second.send, signal: controller.signal });
  controller.abort();
  await expect(numbersOf(stream)).rejects.toMatchObject({ code: 'cancelled' });
  await second.ended[0]?.promise;
  await expect(frameFeed({ numbers: wanted, send: second.send, signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
});
