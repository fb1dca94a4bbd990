/** The job `footage.make`. Progress counts shots. */
import type { FootageMakeRequest, FootageMakeResult } from '../../../app/contract/jobs/footage-make.ts';
import { makeShot } from '../../av/footage/make-shot.ts';
import type { JobContext } from '../job-context.ts';

export async function run(request: FootageMakeRequest, context: JobContext): Promise<FootageMakeResult> {
  let frames = 0;
  for (const [i, { number, path }] of request.shots.entries()) {
    frames += await makeShot(path, number, () => context.checkpoint());
    context.progress(i + 1, request.shots.length);
  }
  return { frames };
}
