/** The job `verify.survey`. */
import type { VerifySurveyRequest, VerifySurveyResult } from '../../../app/contract/jobs/movie-verify.ts';
import { surveyMovie } from '../../av/verify/survey.ts';
import type { JobContext } from '../job-context.ts';

export function run(request: VerifySurveyRequest, context: JobContext): Promise<VerifySurveyResult> {
  return surveyMovie(request.path, context);
}
