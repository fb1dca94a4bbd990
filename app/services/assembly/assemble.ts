/** From a timeline to its movie: prepare, make what is missing, lay out, write, put in place. */
import { dirname } from 'node:path';
import { flattenError, unflattenError } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { MovieWriteResult } from '../../contract/jobs/movie-write.ts';
import type { Movie } from '../../domain/movie.ts';
import { sourcesOfClip } from '../../domain/plan/planned-clip.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import type { Source } from '../../domain/source.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { blameFor, firstFailure, isOfMedia } from './blame.ts';
import { makeSegments, type MadeSegments } from './make-segments.ts';
import { movieChapters } from './movie-chapters.ts';
import { movieFromPlan } from './movie-from-plan.ts';
import type { AssemblyOptions } from './options.ts';
import type { AssemblyHost } from './ports.ts';
import { prepare, withoutClips, type Preparation } from './prepare.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { countSteps, runningSeconds, type AssemblyReport } from './report.ts';
import { firstWeights, planWeights, writeSeconds } from './progress-weights.ts';
import type { Blame, ClipFailure } from './resolve-timeline.ts';
import { sourceChange } from './source-changes.ts';
import { checkSpace, checkTarget, discardTemporary, publish, refuseSources, type Target } from './target.ts';

export type AssembleContext = {
  readonly signal: AbortSignal;
  readonly meter: ProgressMeter;
  /** Seconds since the program was started, and how many of them were start-up. */
  readonly startSeconds: number;
  readonly uptime: () => number;
};

export type Assembled = {
  readonly report: AssemblyReport;
  readonly preparation: Preparation;
  readonly failures: readonly ClipFailure[];
};

export async function assemble(timeline: Timeline, output: string, options: AssemblyOptions, host: AssemblyHost, context: AssembleContext): Promise<Assembled> {
  const target = await checkTarget(output);
  context.meter.expect(firstWeights(timeline.items.length));
  let preparation = await prepare(timeline, options, host, context);
  await refuseSources(target, sourceFiles(preparation));
  const steps = countSteps(preparation.plan);
  context.meter.expect(planWeights(preparation));

  let framesEncoded = 0;
  const warnings = new Set<string>();
  for (;;) {
    const attempt = await attemptMovie(preparation, target, options, host, context);
    framesEncoded += attempt.made.framesEncoded;
    attempt.made.warnings.forEach((warning) => warnings.add(warning));
    if (firstFailure(attempt.failures)) {
      preparation = withoutClips(preparation, attempt.failures, host);
      continue;
    }
    const { written } = attempt;
    const { plan, sound, failures } = preparation;
    const report: AssemblyReport = {
      output: target.path, clips: plan.clips.length, frames: plan.frames, seconds: runningSeconds(plan), steps,
      wallSeconds: context.uptime(), peakRssBytes: host.memory.peakRssBytes, bytesWritten: written.bytes, framesEncoded,
      startSeconds: context.startSeconds, syncSeconds: written.syncSeconds,
      sound: sound ? sound.profile.mode : 'none',
      warnings: [...preparation.warnings, ...warnings, ...failures.map(describeFailure), ...soundNote(preparation)],
    };
    return { report, preparation, failures };
  }
}

type Attempt = { readonly made: MadeSegments; readonly failures: Blame; readonly written: MovieWriteResult };

const nothingWritten: MovieWriteResult = { bytes: 0, bytesMoved: 0, syncSeconds: 0 };

async function attemptMovie(preparation: Preparation, target: Target, options: AssemblyOptions, host: AssemblyHost, context: AssembleContext): Promise<Attempt> {
  const { plan, sound } = preparation;
  const unpin = host.cache.pin(segmentKeys(preparation));
  try {
    const made = await makeSegments(preparation, host, { ...context, keepGoing: options.keepGoing });
    if (firstFailure(made.failures)) return { made, failures: made.failures, written: nothingWritten };
    const movie = { ...movieFromPlan(plan, sound, made.segments), chapters: movieChapters(plan, preparation.timeline.rate, options) };
    const bytes = movieBytes(movie);
    context.meter.expect({ write: writeSeconds(bytes) });
    await checkSpace(dirname(target.path), bytes, 'the movie');
    const failures = await changedSources(preparation);
    if (firstFailure(failures)) return giveUpOrGoOn(failures, options, made);
    try {
      return { made, failures: { clips: new Map(), layers: new Map() }, written: await write(movie, preparation, target, host, context) };
    } catch (error) {
      context.signal.throwIfAborted();
      return giveUpOrGoOn(blameFor(flattenError(error), preparation), options, made, error);
    }
  } finally {
    unpin();
  }
}

async function write(movie: Movie, preparation: Preparation, target: Target, host: AssemblyHost, context: AssembleContext): Promise<MovieWriteResult> {
  try {
    const known = new Map([...sourcesOf(preparation)].map((source) => [source.path, { size: source.size, modifiedMs: source.modifiedMs }]));
    host.jobs.narrow();
    const written = await host.jobs.run<'movie.write'>({
      kind: 'movie.write', movie, path: target.temporaryPath, expected: movie.files.map((file) => known.get(file) ?? null),
    }, { signal: context.signal, onProgress: ({ done, total }) => { context.meter.update('write', done, total); } });
    const began = performance.now();
    await publish(target);
    return { ...written, syncSeconds: written.syncSeconds + (performance.now() - began) / 1000 };
  } finally {
    await discardTemporary(target);
  }
}

/** Sources that are no longer what was indexed, by the clips that use them. */
async function changedSources(preparation: Preparation): Promise<Blame> {
  const failures = { clips: new Map<number, ClipFailure>(), layers: new Map<LayerSpan, ClipFailure>() };
  await forEachLimited([...sourcesOf(preparation)], 16, async (source) => {
    if (source.container === 'sequence') return;
    const change = await sourceChange(source);
    if (!change) return;
    const { clips, layers } = blameFor(flattenError(change), preparation);
    for (const [index, failure] of clips) failures.clips.set(index, failure);
    for (const [layer, failure] of layers) failures.layers.set(layer, failure);
  });
  return failures;
}

function giveUpOrGoOn(failures: Blame, options: AssemblyOptions, made: MadeSegments, cause?: unknown): Attempt {
  const first = firstFailure(failures);
  if (!first) throw unflattenError(flattenError(cause));
  if (!options.keepGoing || !isOfMedia(first.error)) throw unflattenError(first.error);
  return { made, failures, written: nothingWritten };
}

function sourcesOf({ plan, layers }: Preparation): Set<Source> {
  return new Set([...plan.clips.flatMap(sourcesOfClip), ...(layers ?? []).map(({ source }) => source)]);
}

function sourceFiles(preparation: Preparation): string[] {
  return [...new Set([...sourcesOf(preparation)].flatMap((source) => source.files))];
}

function segmentKeys({ plan, sound }: Preparation): Set<string> {
  const keys = new Set<string>();
  for (const clip of plan.clips) for (const action of clip.actions) if (action.kind !== 'copy') keys.add(action.key);
  for (const action of sound?.actions ?? []) if (action.kind === 'render') keys.add(action.key);
  return keys;
}

/** Payload, with room for the header. */
function movieBytes(movie: Movie): number {
  let bytes = 1_000_000;
  for (const run of [...movie.picture?.runs ?? [], ...movie.sound?.runs ?? []]) for (const size of run.size) bytes += size + 16;
  return bytes;
}

const substitutes = { nothing: 'left out', black: 'black and silence in its place', silence: 'silence in place of its sound' } as const;

function describeFailure(failure: ClipFailure): string {
  return `${failure.clip}: ${substitutes[failure.instead]}: ${failure.error.message}`;
}

function soundNote({ sound }: Preparation): string[] {
  if (sound?.profile.mode !== 'packets') return [];
  const milliseconds = ((sound.maxOffsetSamples * 1000) / sound.profile.format.sampleRate).toFixed(1);
  return [`sound copied by packets: each shot lies within ${sound.maxOffsetSamples} samples (${milliseconds} ms) of its picture`];
}
