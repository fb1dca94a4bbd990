/** The job `verify.frames`. */
import type { VerifyFramesRequest, VerifyFramesResult } from '../../../app/contract/jobs/movie-verify.ts';
import { checkFrames } from '../../av/verify/check-frames.ts';
import type { JobContext } from '../job-context.ts';

export function run(request: VerifyFramesRequest, context: JobContext): Promise<VerifyFramesResult> {
  return checkFrames(request, context);
}
