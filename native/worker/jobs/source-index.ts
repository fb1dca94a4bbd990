/** The job `source.index`. */
import type { SourceIndexRequest } from '../../../app/contract/jobs/source-index.ts';
import type { Source } from '../../../app/domain/source.ts';
import { indexSource } from '../../index/index-source.ts';
import type { JobContext } from '../job-context.ts';

export function run(request: SourceIndexRequest, context: JobContext): Promise<Source> {
  return indexSource(request, context);
}
