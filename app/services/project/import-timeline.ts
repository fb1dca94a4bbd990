/** A shot list, another editor's timeline or a folder as clips after the last one: its media become shots, its ranges clips, its gaps gaps. */
import { resolve } from 'node:path';
import { describeError, flattenError } from '../../base/errors.ts';
import { programmeLength } from '../../domain/edits/programme.ts';
import { majorityRate } from '../../domain/plan/match-profile.ts';
import { defaultRate, resolveRange, secondsToFrames } from '../../domain/plan/resolve-clip.ts';
import type { SourceRange } from '../../domain/plan/source-range.ts';
import type { Shot, TimelineClip, Track } from '../../domain/project/project.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';
import { atRate, type Rational } from '../../domain/rational.ts';
import type { Source } from '../../domain/source.ts';
import type { Clip, FrameWindow, Gap, Timeline, TimelineItem } from '../../domain/timeline.ts';
import { readTimeline } from '../inputs/read-timeline.ts';
import { newShot, settleShot } from './bring-in.ts';
import type { JobWork } from './job-list.ts';
import type { ProjectSession } from './project-session.ts';
import type { SourceLibrary } from './source-library.ts';

const stillSeconds = 2;

export function importTimeline(path: string, session: ProjectSession, library: SourceLibrary): JobWork {
  return async ({ signal, tell }) => {
    tell({ phase: 'reading the list' });
    const timeline = await readTimeline(path, { media: null });
    const items = timeline.items.flatMap(asClips);
    const listed = items.flatMap((item) => (item.kind === 'clip' && item.media !== '' ? [resolve(item.media)] : []));
    const unique = [...new Set(listed)];
    const indexed = await library.getMany(unique, session.state.sequence.rate, signal, (done, of) => { tell({ phase: 'reading', progress: done / Math.max(1, of), throughput: `${done} of ${of} shots` }); });
    signal.throwIfAborted();
    const known = new Map([...session.state.shots.values()].map((shot) => [shot.path, shot]));
    const added: Shot[] = [];
    for (const media of unique) {
      if (known.has(media)) continue;
      const shot = settleShot(newShot(session.store.newId(), media), indexed.get(media) ?? null);
      known.set(media, shot);
      added.push(shot);
    }
    const sources = new Map([...indexed].flatMap(([media, { source }]) => (source ? [[media, source] as const] : [])));
    const { change, warnings } = placeItems(timeline, items, known, sources, session);
    session.commit(`import ${timeline.name}`, { ...change, ...(added.length > 0 && { shots: { put: added, remove: [] } }) });
    return { lines: [`${listed.length} clips of ${unique.length} files imported`], warnings: [...timeline.warnings, ...simplified(timeline), ...warnings] };
  };
}

/** The sequence of a project has cuts alone: a transition is cut in its middle. */
function asClips(item: TimelineItem): (Clip | Gap)[] {
  if (item.kind !== 'blend') return [item];
  const half = Math.floor(item.frames / 2);
  const { from, to } = item;
  const window = ({ from: start }: FrameWindow, first: number, end: number): FrameWindow => ({ from: start + first, to: start + end });
  return [
    ...(from?.window && half > 0 ? [{ ...from, window: window(from.window, 0, half) }] : []),
    ...(to?.window ? [{ ...to, window: window(to.window, half, item.frames) }] : []),
  ];
}

/** What is heard and seen otherwise than the list says. */
function simplified({ items, sound }: Timeline): string[] {
  return [
    ...(items.some(({ kind }) => kind === 'blend') ? ['transitions are cuts in the middle of them: `stringout assemble` renders them'] : []),
    ...(items.some((item) => item.kind === 'clip' && item.retime) ? ['clips run at their own speed: `stringout assemble` renders their changes'] : []),
    ...(sound ? ['the sound of each shot is used instead of the sound tracks'] : []),
  ];
}

function placeItems(timeline: Timeline, items: readonly (Clip | Gap)[], shots: ReadonlyMap<string, Shot>, sources: ReadonlyMap<string, Source>, session: ProjectSession): { change: ProjectChange; warnings: string[] } {
  const { state, store } = session;
  const rate = state.sequence.isRateSet ? state.sequence.rate : timeline.rate ?? majorityRate([...sources.values()].flatMap(({ picture }) => picture ?? [])) ?? defaultRate;
  const startFrame = state.sequence.isRateSet || !timeline.start ? {} : { startFrame: atRate(timeline.start.frame, timeline.start.rate, rate), dropFrame: timeline.start.dropFrame };
  const newTracks: Track[] = [];
  const trackOf = (kind: Track['kind']): number => {
    const found = [...state.tracks.values(), ...newTracks].filter((track) => track.kind === kind && !track.isLocked).toSorted((a, b) => a.position - b.position)[0];
    if (found) return found.id;
    const track: Track = { id: store.newId(), kind, position: 0, name: kind === 'picture' ? 'V1' : 'A1', isEnabled: true, isLocked: false, gain: 0 };
    newTracks.push(track);
    return track.id;
  };
  const clips: TimelineClip[] = [];
  const warnings: string[] = [];
  let at = programmeLength(state);
  for (const item of items) {
    if (item.kind === 'gap') {
      at += atRate(item.duration.frames, item.duration.rate, rate);
      continue;
    }
    const media = item.media === '' ? '' : resolve(item.media);
    const shot = shots.get(media);
    const source = sources.get(media);
    if (!shot || !source) {
      warnings.push(`${item.name}: ${shot?.problem ?? 'has no media'}; it is left out`);
      continue;
    }
    const range = rangeOf(item, source, rate, warnings);
    if (!range) continue;
    const link = source.picture && source.sound && !source.picture.isStill ? store.newId() : null;
    const row = { shotId: shot.id, start: at, length: range.length, sourceIn: range.sourceIn, isEnabled: true, gain: 0, link };
    if (source.picture) clips.push({ ...row, id: store.newId(), trackId: trackOf('picture') });
    if (source.sound && !source.picture?.isStill) clips.push({ ...row, id: store.newId(), trackId: trackOf('sound') });
    at += range.length;
  }
  const change: ProjectChange = {
    clips: { put: clips, remove: [] },
    ...(newTracks.length > 0 && { tracks: { put: newTracks, remove: [] } }),
    ...(!state.sequence.isRateSet && { sequence: { ...state.sequence, ...startFrame, rate, isRateSet: true } }),
  };
  return { change, warnings };
}

/** Null, with a warning, for a range that the media does not have. */
function rangeOf(clip: Clip, source: Source, rate: Rational, warnings: string[]): { readonly sourceIn: number; readonly length: number } | null {
  try {
    return ticksOf(resolveRange(clip, source, rate, secondsToFrames(stillSeconds, rate)), rate, clip.window);
  } catch (error) {
    warnings.push(`${describeError(flattenError(error))}; it is left out`);
    return null;
  }
}

function ticksOf(range: SourceRange, rate: Rational, window: FrameWindow | undefined): { readonly sourceIn: number; readonly length: number } {
  const sourceIn = range.exact ? atRate(range.exact.in, range.exact.rate, rate) : atRate(range.in, range.rate, rate);
  const length = range.exact?.frames ?? atRate(range.out - range.in, range.rate, rate);
  // A part of the clip, as far as the media go.
  const from = Math.max(0, sourceIn + (window?.from ?? 0));
  return { sourceIn: from, length: Math.max(1, window ? sourceIn + window.to - from : length) };
}
