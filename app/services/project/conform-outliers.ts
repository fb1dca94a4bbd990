/** Encodes ahead what the export would have to encode: afterwards every clip is copied or cached, and the export is as fast as the disk. */
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { makeSegments } from '../assembly/make-segments.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { prepare } from '../assembly/prepare.ts';
import { ProgressMeter } from '../assembly/progress-meter.ts';
import { planWeights } from '../assembly/progress-weights.ts';
import type { JobWork } from './job-list.ts';
import { assemblyOptions } from './plan-project.ts';
import type { ProjectSession } from './project-session.ts';
import { projectTimeline } from './project-timeline.ts';

export function conformOutliers(session: ProjectSession, settings: ExportSettings, host: AssemblyHost): JobWork {
  return async ({ signal, tell }) => {
    const { state } = session;
    const made = projectTimeline(state, (shotId) => state.shots.get(shotId)?.path ?? '');
    const meter = new ProgressMeter(({ done, total, etaSeconds }) => { tell({ phase: 'encoding', progress: done / total, etaSeconds }); });
    const preparation = await prepare(made.timeline, assemblyOptions(settings, made, []), host, { signal, meter });
    meter.expect(planWeights(preparation));
    const { framesEncoded, warnings } = await makeSegments(preparation, host, { signal, meter, keepGoing: false });
    return { lines: [`${framesEncoded} frames encoded: the next export copies them`], warnings: [...preparation.warnings, ...warnings] };
  };
}
