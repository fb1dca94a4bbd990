/** The job `verify.sound`. */
import type { VerifySoundRequest, VerifySoundResult } from '../../../app/contract/jobs/movie-verify.ts';
import { checkSound } from '../../av/verify/check-sound.ts';
import type { JobContext } from '../job-context.ts';

export function run(request: VerifySoundRequest, context: JobContext): Promise<VerifySoundResult> {
  return checkSound(request, context);
}
