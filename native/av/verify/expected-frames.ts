/** What a piece of the movie must show: frames of its source by rank, made to fit where they were encoded. */
import type { VerifyPiece } from '../../../app/contract/jobs/movie-verify.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { ConformedFrames } from '../picture/conformed-frames.ts';
import { decodeFrames } from '../picture/decode-frames.ts';
import { FinishedFrames } from '../picture/finished-frames.ts';
import { FramePicker } from '../picture/frame-picker.ts';
import { SourceFiles } from '../sound/source-files.ts';

export interface ExpectedFrames extends Disposable {
  /** The caller's to free. Throws `decode.failed`, `input.changed`. */
  take(rank: number): Promise<FrameHandle>;
}

/** Null: nothing is expected of it. */
export function expectedFrames({ expected, ranks }: VerifyPiece, context: JobContext): ExpectedFrames | null {
  // Its own progress is nobody's.
  const quiet: JobContext = { progress: () => undefined, checkpoint: () => context.checkpoint() };
  switch (expected.kind) {
    case 'any': return null;
    case 'alike': {
      const frames = new ConformedFrames({ ...expected, outputs: [{ frames: ranks }] }, quiet);
      const finished = new FinishedFrames(frames, expected.format, expected, context);
      return {
        take: (rank) => finished.take(rank),
        [Symbol.dispose]: () => {
          finished[Symbol.dispose]();
          frames[Symbol.dispose]();
        },
      };
    }
    case 'same': {
      const files = new SourceFiles();
      const picker = new FramePicker(decodeFrames(expected.input, files), [ranks]);
      return {
        take: (rank) => picker.take(rank, () => quiet.checkpoint()),
        [Symbol.dispose]: () => {
          picker[Symbol.dispose]();
          files[Symbol.dispose]();
        },
      };
    }
  }
}
