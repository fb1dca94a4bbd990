/** A movie that is ready to be played though it is not written: everything encoded that must be, and the runs of bytes in order. */
import type { LayoutMakeResult } from '../../contract/jobs/layout-make.ts';
import { StringoutError } from '../../base/errors.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { makeSegments } from './make-segments.ts';
import { movieChapters } from './movie-chapters.ts';
import { movieFromPlan } from './movie-from-plan.ts';
import type { AssemblyOptions } from './options.ts';
import type { AssemblyHost } from './ports.ts';
import { prepare } from './prepare.ts';
import { planWeights } from './progress-weights.ts';
import type { ProgressMeter } from './progress-meter.ts';

export type LaidOut = {
  readonly runs: LayoutMakeResult;
  readonly frames: number;
  readonly warnings: readonly string[];
  /** Lets the cache evict its segments again. */
  release(): void;
};

/** `headPath`: a file for the header, which must not exist. MP4 and MOV. Throws as `assemble` does. */
export async function layOutTimeline(
  timeline: Timeline, headPath: string, options: AssemblyOptions, host: AssemblyHost, context: { readonly signal: AbortSignal; readonly meter: ProgressMeter },
): Promise<LaidOut> {
  const { container } = options.profile;
  if (container !== 'mp4' && container !== 'mov') throw new StringoutError('usage', `.${container} cannot be played before it is written: choose .mp4 or .mov`);
  const preparation = await prepare(timeline, options, host, context);
  const { plan, sound } = preparation;
  context.meter.expect(planWeights(preparation));
  const keys = new Set([...plan.clips.flatMap(({ actions }) => actions.flatMap((action) => (action.kind === 'copy' ? [] : [action.key]))),
    ...(sound?.actions ?? []).flatMap((action) => (action.kind === 'render' ? [action.key] : []))]);
  const release = host.cache.pin(keys);
  try {
    const { segments, warnings } = await makeSegments(preparation, host, { ...context, keepGoing: false });
    const movie = { ...movieFromPlan(plan, sound, segments), chapters: movieChapters(plan, timeline.rate, options) };
    const known = new Map([...plan.clips.flatMap(({ source }) => source ?? []), ...(preparation.layers ?? []).map(({ source }) => source)]
      .map((source) => [source.path, { size: source.size, modifiedMs: source.modifiedMs }] as const));
    const runs = await host.jobs.run<'layout.make'>(
      { kind: 'layout.make', movie, path: headPath, expected: movie.files.map((file) => known.get(file) ?? null) }, { signal: context.signal },
    );
    return { runs, frames: plan.frames, warnings: [...preparation.warnings, ...warnings], release };
  } catch (error) {
    release();
    throw error;
  }
}
