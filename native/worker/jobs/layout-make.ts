import type { LayoutMakeRequest, LayoutMakeResult } from '../../../app/contract/jobs/layout-make.ts';
import { makeLayout } from '../../isobmff/write/make-layout.ts';
import type { JobContext } from '../job-context.ts';

export function run(request: LayoutMakeRequest, context: JobContext): Promise<LayoutMakeResult> {
  return makeLayout(request, context);
}
