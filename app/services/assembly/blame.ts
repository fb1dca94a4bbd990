/** Which clips an error of the making falls upon. */
import type { ErrorCode, FlatError } from '../../base/errors.ts';
import type { PlannedClip } from '../../domain/plan/planned-clip.ts';
import { spanOf } from '../../domain/plan/sound-plan.ts';
import type { SoundSpan } from '../../domain/plan/sound-span.ts';
import type { Preparation } from './prepare.ts';
import { placeError, type ClipFailure } from './resolve-timeline.ts';

/** The machine's or the profile's trouble: it would meet black and silence as well. */
const nobodysFault: ReadonlySet<ErrorCode> = new Set(['output.refused', 'output.full', 'output.failed', 'memory.exhausted', 'encode.failed', 'usage', 'cancelled']);

/** Whether leaving out a clip can help. */
export function isOfMedia(error: FlatError): boolean {
  return !nobodysFault.has(error.code);
}

export function failureOf(clip: PlannedClip, error: FlatError, instead: ClipFailure['instead'], { timeline }: Preparation): ClipFailure {
  return { clip: clip.name, error: clip.clip ? placeError(error, clip.clip, timeline) : error, instead };
}

/** The clips that use the file an error names. */
export function clipsOfFile(error: FlatError, preparation: Preparation): Map<number, ClipFailure> {
  const failures = new Map<number, ClipFailure>();
  for (const clip of preparation.plan.clips) {
    if (!clip.clip || !clip.source || error.place.file === undefined || !clip.source.files.includes(error.place.file)) continue;
    failures.set(clip.index, failureOf(clip, error, 'black', preparation));
  }
  return failures;
}

/** The clips that play what was to be rendered of the file an error names; where it names none, of all files. */
export function clipsHeard(error: FlatError, spans: readonly SoundSpan[], preparation: Preparation): PlannedClip[] {
  const { plan, sound } = preparation;
  if (!sound) return [];
  const { file } = error.place;
  const heard = spans.filter(({ source }) => file === undefined || source.path === file || source.files.includes(file));
  return plan.clips.filter((clip) => {
    const span = spanOf(clip, plan, sound.profile.format.sampleRate);
    return span && heard.some(({ source, from, length }) => source === span.source && from < span.from + span.length && span.from < from + length);
  });
}
