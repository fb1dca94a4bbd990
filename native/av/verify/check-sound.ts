/** Windows of the movie's sound beside what they must be, rendered from their sources as the movie's sound was. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { VerifySoundRequest, VerifySoundResult, VerifySoundWindow } from '../../../app/contract/jobs/movie-verify.ts';
import type { SoundFormat } from '../../../app/domain/source.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { pcmFormat } from '../sound/pcm-format.ts';
import { renderSound } from '../sound/render-sound.ts';
import { findShift } from './find-shift.ts';
import { MessageLog } from './message-log.ts';
import { mixDown } from './mix-down.ts';
import { MovieReader } from './movie-reader.ts';
import { givenCodec, readSound } from './movie-sound.ts';

type Verdict = VerifySoundResult['windows'][number];

/** Progress counts samples of the programme. Throws `input.damaged`, and `decode.failed`, `input.changed` with the clip whose source cannot be decoded. */
export async function checkSound(request: VerifySoundRequest, context: JobContext): Promise<VerifySoundResult> {
  using log = new MessageLog();
  using reader = new MovieReader(request.path, ['sound']);
  const stream = reader.track('sound');
  if (!stream) throw new StringoutError('verify.failed', 'the movie has no sound', { file: request.path });
  const codec = givenCodec(stream);
  const frameBytes = (pcmFormat(codec)?.bytes ?? 0) * stream.codecpar.channels;
  const verdicts: Verdict[] = [];
  const open: Excerpt[] = [];
  let next = 0;
  const take = (position: number, bytes: Uint8Array): void => {
    const end = position + bytes.length / frameBytes;
    for (let window = request.windows[next]; window && window.at - window.reach < end; window = request.windows[++next]) {
      open.push(new Excerpt(window, next, frameBytes));
    }
    for (const excerpt of open) excerpt.fill(position, bytes);
  };
  const judge = async (before: number): Promise<void> => {
    for (let excerpt = open[0]; excerpt && excerpt.end <= before; excerpt = open[0]) {
      open.shift();
      verdicts[excerpt.index] = await log.ignoring(() => compare(excerpt, request, codec, stream.codecpar.channels, context));
    }
  };
  await readSound(reader, request, take, async (position) => {
    await judge(position);
    context.progress(Math.max(0, Math.min(position, request.to) - request.from), request.to - request.from);
    await context.checkpoint();
  });
  for (let window = request.windows[next]; window; window = request.windows[++next]) open.push(new Excerpt(window, next, frameBytes));
  await judge(Infinity);
  return { windows: verdicts, messages: await log.close() };
}

/** A window of the movie with its surroundings; what the movie does not have is silence. */
class Excerpt {
  readonly window: VerifySoundWindow;
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly #start: number;
  readonly #frameBytes: number;

  constructor(window: VerifySoundWindow, index: number, frameBytes: number) {
    this.window = window;
    this.index = index;
    this.#start = window.at - window.reach;
    this.#frameBytes = frameBytes;
    this.bytes = new Uint8Array((window.length + 2 * window.reach) * frameBytes);
  }

  /** Programme sample at which it is full. */
  get end(): number {
    return this.#start + this.bytes.length / this.#frameBytes;
  }

  fill(position: number, bytes: Uint8Array): void {
    const at = (position - this.#start) * this.#frameBytes;
    const skip = Math.max(0, -at);
    const piece = bytes.subarray(skip, Math.max(skip, this.bytes.length - at));
    if (at + skip < this.bytes.length) this.bytes.set(piece, at + skip);
  }
}

async function compare({ window, bytes }: Excerpt, request: VerifySoundRequest, codec: string, channels: number, context: JobContext): Promise<Verdict> {
  const { length, reach, isExact } = window;
  if (channels !== request.format.channels) return { offset: null, isRight: false };
  const frameBytes = bytes.length / (length + 2 * reach);
  const expected = await rendered(window, { ...request.format, codec }, context) ?? new Uint8Array(length * frameBytes);
  const isSame = Buffer.compare(expected, bytes.subarray(reach * frameBytes, bytes.length - reach * frameBytes)) === 0;
  if (isSame) return { offset: 0, isRight: true };
  const shift = findShift(mixDown(expected, codec, channels), mixDown(bytes, codec, channels), reach);
  return { offset: shift.isAlike ? shift.offset : null, isRight: shift.isAlike && !isExact };
}

/** Null where its source cannot be decoded: the movie is silent there, and assembling has said so. */
async function rendered({ at, length, parts }: VerifySoundWindow, format: SoundFormat, context: JobContext): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  try {
    await renderSound(
      { format, bitRate: 0, from: at, to: at + length, parts },
      (piece) => void pieces.push(piece.slice()),
      { checkpoint: () => context.checkpoint(), progress: () => undefined },
    );
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof StringoutError && error.code === 'decode.failed') return null;
    throw error;
  }
}
