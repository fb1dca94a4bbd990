/** Which clips an error of the making falls upon. */
import type { ErrorCode, FlatError } from '../../base/errors.ts';
import { sourcesOfClip, type PlannedClip } from '../../domain/plan/planned-clip.ts';
import { spanOf } from '../../domain/plan/sound-plan.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import type { SoundSpan } from '../../domain/plan/sound-span.ts';
import type { Preparation } from './prepare.ts';
import { placeError, type Blame, type ClipFailure } from './resolve-timeline.ts';

/** The machine's or the profile's trouble: it would meet black and silence as well. */
const nobodysFault: ReadonlySet<ErrorCode> = new Set(['output.refused', 'output.full', 'output.failed', 'memory.exhausted', 'encode.failed', 'usage', 'cancelled']);

/** All that uses the file an error names. */
export function blameFor(error: FlatError, preparation: Preparation): Blame {
  return { clips: clipsOfFile(error, preparation), layers: layersOfFile(error, preparation) };
}

export function firstFailure({ clips, layers }: Blame): ClipFailure | null {
  return clips.values().next().value ?? layers.values().next().value ?? null;
}

/** Whether leaving out a clip can help. */
export function isOfMedia(error: FlatError): boolean {
  return !nobodysFault.has(error.code);
}

export function failureOf(clip: PlannedClip, error: FlatError, instead: ClipFailure['instead'], { timeline }: Preparation): ClipFailure {
  return { clip: clip.name, error: clip.clip ? placeError(error, clip.clip, timeline) : error, instead };
}

/** The clips that use the file an error names. */
function clipsOfFile(error: FlatError, preparation: Preparation): Map<number, ClipFailure> {
  const failures = new Map<number, ClipFailure>();
  for (const clip of preparation.plan.clips) {
    const { file } = error.place;
    if (!clip.clip || file === undefined || !sourcesOfClip(clip).some(({ files }) => files.includes(file))) continue;
    failures.set(clip.index, failureOf(clip, error, 'black', preparation));
  }
  return failures;
}

/** The same of the timeline's own sound clips. */
function layersOfFile(error: FlatError, { layers }: Preparation): Map<LayerSpan, ClipFailure> {
  const { file } = error.place;
  return new Map((layers ?? []).flatMap((layer) => (file !== undefined && layer.source.files.includes(file) ? [[layer, layerFailure(layer, error)] as const] : [])));
}

/** As `clipsHeard`, of the timeline's own sound clips. */
export function layersHeard(error: FlatError, spans: readonly SoundSpan[], { layers }: Preparation): Map<LayerSpan, ClipFailure> {
  const heard = spansOfFile(error, spans);
  return new Map((layers ?? []).flatMap((layer) => (heard.some((span) => sharesSound(span, layer)) ? [[layer, layerFailure(layer, error)] as const] : [])));
}

function layerFailure(layer: LayerSpan, error: FlatError): ClipFailure {
  return { clip: layer.clip, error: { ...error, place: { file: layer.source.path, clip: layer.clip } }, instead: 'silence' };
}

/** The clips that play what was to be rendered of the file an error names; where it names none, of all files. */
export function clipsHeard(error: FlatError, spans: readonly SoundSpan[], preparation: Preparation): PlannedClip[] {
  const { plan, sound } = preparation;
  if (!sound) return [];
  const heard = spansOfFile(error, spans);
  return plan.clips.filter((clip) => {
    const span = spanOf(clip, plan, sound.profile.format.sampleRate);
    return span && heard.some((other) => sharesSound(other, span));
  });
}

function spansOfFile({ place: { file } }: FlatError, spans: readonly SoundSpan[]): SoundSpan[] {
  return spans.filter(({ source }) => file === undefined || source.path === file || source.files.includes(file));
}

function sharesSound(a: SoundSpan, b: SoundSpan): boolean {
  return a.source === b.source && a.from < b.from + b.length && b.from < a.from + a.length;
}
