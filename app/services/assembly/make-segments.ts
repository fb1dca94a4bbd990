/** Make what the plan needs and the cache lacks: picture and sound side by side on all workers. */
import { flattenError, unflattenError, withPlace } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { PictureSegment } from '../../contract/jobs/picture-encode.ts';
import type { SoundSegment } from '../../contract/jobs/sound-render.ts';
import type { PlannedClip } from '../../domain/plan/planned-clip.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import { silenceKey } from '../../domain/plan/sound-plan.ts';
import type { Source } from '../../domain/source.ts';
import { readPictureSegment, readSoundSegment } from '../../storage/segment-file.ts';
import { clipsHeard, failureOf, isOfMedia, layersHeard } from './blame.ts';
import type { Segments } from './movie-from-plan.ts';
import { pictureJobs, type PictureJob } from './picture-jobs.ts';
import type { AssemblyHost } from './ports.ts';
import type { Preparation } from './prepare.ts';
import type { Blame, ClipFailure } from './resolve-timeline.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { needsSilence, soundJobs, type SoundJob } from './sound-jobs.ts';
import { sourceChange } from './source-changes.ts';

export type MadeSegments = {
  readonly segments: Segments;
  readonly framesEncoded: number;
  readonly warnings: readonly string[];
  /** Clips whose frames or sound could not be made; only where asked to keep going. */
  readonly failures: Blame;
};

export type MakeContext = { readonly signal: AbortSignal; readonly meter: ProgressMeter; readonly keepGoing: boolean };

export async function makeSegments(preparation: Preparation, host: AssemblyHost, context: MakeContext): Promise<MadeSegments> {
  const { plan, sound } = preparation;
  const maker = new SegmentMaker(preparation, host, context);
  maker.readCached();
  const pathFor = (key: string): string => host.cache.pathFor(key);
  const pictures = pictureJobs(plan, (key) => maker.picture.has(key), pathFor);
  const sounds = sound ? soundJobs(sound, {
    isThere: (key) => maker.sound.has(key), pathFor, isKept: host.cache.isKept, concurrency: host.jobs.concurrency,
  }) : [];
  await maker.run(pictures, sounds);
  const silence = sound && needsSilence(sound.actions) ? maker.sound.get(silenceKey(sound.profile)) ?? null : null;
  const { framesEncoded, warnings, failures } = maker;
  return { segments: { picture: maker.picture, sound: maker.sound, silence }, framesEncoded, warnings, failures };
}

class SegmentMaker {
  readonly picture = new Map<string, PictureSegment>();
  readonly sound = new Map<string, SoundSegment>();
  readonly warnings: string[] = [];
  readonly failures = { clips: new Map<number, ClipFailure>(), layers: new Map<LayerSpan, ClipFailure>() };
  framesEncoded = 0;
  readonly #preparation: Preparation;
  readonly #host: AssemblyHost;
  readonly #context: MakeContext;

  constructor(preparation: Preparation, host: AssemblyHost, context: MakeContext) {
    this.#preparation = preparation;
    this.#host = host;
    this.#context = context;
  }

  /** What the cache holds, read and checked; what is damaged is thrown away and made again. */
  readCached(): void {
    const { plan, sound } = this.#preparation;
    const { cache } = this.#host;
    const take = <T>(key: string, into: Map<string, T>, read: (path: string) => T | null): void => {
      if (into.has(key) || !cache.has(key)) return;
      const segment = read(cache.pathFor(key));
      if (segment) into.set(key, segment);
      else cache.discard(key);
    };
    for (const clip of plan.clips) for (const action of clip.actions) if (action.kind !== 'copy') take(action.key, this.picture, readPictureSegment);
    if (!sound) return;
    for (const action of sound.actions) if (action.kind === 'render') take(action.key, this.sound, readSoundSegment);
    if (needsSilence(sound.actions)) take(silenceKey(sound.profile), this.sound, readSoundSegment);
  }

  async run(pictures: readonly PictureJob[], sounds: readonly SoundJob[]): Promise<void> {
    const frames = new Tally(pictures.reduce((sum, job) => sum + job.frames, 0), (done, of) => { this.#context.meter.update('encode', done, of); });
    const samples = new Tally(sounds.reduce((sum, job) => sum + job.samples, 0), (done, of) => { this.#context.meter.update('sound', done, of); });
    // The longest first, so that no worker is left with a long one at the end.
    const work = [
      ...pictures.toSorted((a, b) => b.frames - a.frames).map((job) => () => this.#encode(job, frames)),
      ...sounds.map((job) => () => this.#render(job, samples)),
    ];
    await forEachLimited(work, this.#host.jobs.concurrency, (start) => start());
  }

  async #encode(job: PictureJob, frames: Tally): Promise<void> {
    const { signal } = this.#context;
    try {
      const result = await this.#host.jobs.run<'picture.encode'>(job.request, { signal, onProgress: ({ done }) => { frames.at(job, done); } });
      await this.#keep(job.keys, job.source ? [job.source] : [], job.files);
      job.keys.forEach((key, i) => {
        const segment = result.segments[i];
        if (segment) this.picture.set(key, segment);
      });
      this.framesEncoded += job.frames;
      frames.at(job, job.frames);
    } catch (error) {
      signal.throwIfAborted();
      const flat = flattenError(error);
      if (job.keys.length > 1 && isOfMedia(flat)) {
        for (const alone of job.apart()) await this.#encode(alone, frames);
        return;
      }
      const clips = [...job.clips].flatMap((index) => this.#preparation.plan.clips[index] ?? []);
      // Black that cannot be made is not to be replaced by black.
      this.#fail(job.source ? clips : [], error, 'black');
    }
  }

  async #render(job: SoundJob, samples: Tally): Promise<void> {
    const { signal } = this.#context;
    try {
      const { segments } = await this.#host.jobs.run<'sound.render'>(job.request(), { signal, onProgress: ({ done, total }) => { samples.at(job, (job.samples * done) / total); } });
      await this.#keep(job.keys, new Set(job.spans.map(({ source }) => source)));
      job.keys.forEach((key, i) => {
        const segment = segments[i];
        if (!segment) return;
        this.sound.set(key, segment);
        this.warnings.push(...segment.warnings);
      });
      samples.at(job, job.samples);
    } catch (error) {
      signal.throwIfAborted();
      if (job.keys.length > 1 && isOfMedia(flattenError(error))) {
        for (const alone of job.apart()) await this.#render(alone, samples);
        return;
      }
      if (this.#preparation.sound?.layers) this.#silence(layersHeard(flattenError(error), job.spans, this.#preparation), error);
      else this.#fail(clipsHeard(flattenError(error), job.spans, this.#preparation), error, 'silence');
    }
  }

  /** What was made while its source changed must not stay under the key of the source as it was. */
  async #keep(keys: readonly string[], sources: Iterable<Source>, files?: readonly string[]): Promise<void> {
    const { cache } = this.#host;
    for (const source of sources) {
      const change = await sourceChange(source, files);
      if (!change) continue;
      keys.forEach((key) => { cache.discard(key); });
      throw change;
    }
    keys.forEach((key) => { cache.commit(key); });
  }

  #silence(failures: ReadonlyMap<LayerSpan, ClipFailure>, error: unknown): void {
    const [first] = failures.values();
    if (!first) throw withPlace(error, {});
    if (!this.#context.keepGoing || !isOfMedia(first.error)) throw unflattenError(first.error);
    for (const [layer, failure] of failures) this.failures.layers.set(layer, failure);
  }

  /** Notes the clips to be put out, or throws where nobody asked for that or it cannot help. */
  #fail(clips: readonly PlannedClip[], error: unknown, instead: 'black' | 'silence'): void {
    const flat = flattenError(error);
    const failures = clips.filter((clip) => clip.clip && clip.source).map((clip) => [clip.index, failureOf(clip, flat, instead, this.#preparation)] as const);
    const [first] = failures;
    if (!first) throw withPlace(error, {});
    if (!this.#context.keepGoing || !isOfMedia(flat)) throw unflattenError(first[1].error);
    for (const [index, failure] of failures) {
      if (this.failures.clips.get(index)?.instead !== 'black') this.failures.clips.set(index, failure);
    }
  }
}

/** Progress of many jobs as one sum. */
class Tally {
  readonly #total: number;
  readonly #report: (done: number, of: number) => void;
  readonly #done = new Map<object, number>();
  #sum = 0;

  constructor(total: number, report: (done: number, of: number) => void) {
    this.#total = total;
    this.#report = report;
  }

  at(job: object, done: number): void {
    const before = this.#done.get(job) ?? 0;
    if (done <= before) return;
    this.#done.set(job, done);
    this.#sum += done - before;
    this.#report(this.#sum, this.#total);
  }
}
