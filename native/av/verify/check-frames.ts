/** Stretches of the movie beside what they must show. Both are decoded side by side and compared picture by picture. */
import { withPlace } from '../../../app/base/errors.ts';
import type { VerifyFramesRequest, VerifyFramesResult, VerifyPiece } from '../../../app/contract/jobs/movie-verify.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { expectedFrames, type ExpectedFrames } from './expected-frames.ts';
import { MessageLog } from './message-log.ts';
import { movieFrames } from './movie-frames.ts';
import { MovieReader } from './movie-reader.ts';
import { PieceJudge, type PieceFindings } from './piece-judge.ts';

/** Progress counts frames. Throws `input.damaged`, and `decode.failed`, `input.changed` with the clip whose source cannot be decoded. */
export async function checkFrames(request: VerifyFramesRequest, context: JobContext): Promise<VerifyFramesResult> {
  const { stretches } = request;
  using log = new MessageLog();
  using reader = new MovieReader(request.path, ['picture']);
  const wanted = new Set(request.hashes);
  const hashes: VerifyFramesResult['hashes'][number][] = [];
  const pieces: PieceFindings[] = [];
  const total = stretches.reduce((sum, stretch) => stretch.pieces.reduce((inner, piece) => inner + piece.ranks.length, sum), 0);
  let done = 0;
  for (const stretch of stretches) {
    using frames = new Numbered(movieFrames(reader, stretch));
    for (const piece of stretch.pieces) {
      using expected = expectedFrames(piece, context);
      const judge = new PieceJudge(piece);
      for (let i = 0; i < piece.ranks.length; i++) {
        using frame = frames.take(piece.from + i);
        using other = await nextExpected(expected, piece, i, log);
        judge.look(i, frame, other);
        if (frame && wanted.has(piece.from + i)) hashes.push({ frame: piece.from + i, hash: judge.md5() });
        context.progress(++done, total);
        await context.checkpoint();
      }
      pieces.push(judge.findings);
    }
  }
  return { pieces, hashes, messages: await log.close() };
}

async function nextExpected(expected: ExpectedFrames | null, piece: VerifyPiece, i: number, log: MessageLog): Promise<FrameHandle | null> {
  if (!expected) return null;
  try {
    return await log.ignoring(() => expected.take(piece.ranks[i] ?? 0));
  } catch (error) {
    throw withPlace(error, { clip: piece.clip });
  }
}

/** Frames by their number, as far as they come. */
class Numbered implements Disposable {
  readonly #frames: Generator<FrameHandle, void, undefined>;
  #ahead: FrameHandle | null = null;

  constructor(frames: Generator<FrameHandle, void, undefined>) {
    this.#frames = frames;
  }

  /** Numbers must rise. Null: it did not come out of the decoder. */
  take(number: number): FrameHandle | null {
    for (;;) {
      const frame = this.#ahead ?? this.#frames.next().value ?? null;
      this.#ahead = null;
      if (!frame || frame.pts === number) return frame;
      if ((frame.pts ?? -1) > number) {
        this.#ahead = frame;
        return null;
      }
      frame.free();
    }
  }

  [Symbol.dispose](): void {
    this.#ahead?.free();
    this.#ahead = null;
    this.#frames.return();
  }
}
