/** Shots onto the timeline: inserted, overwriting, or after the last clip. Picture and sound of a shot are linked. */
import { StringoutError } from '../../base/errors.ts';
import type { ShotRange, TimelineEdit } from '../project/edit.ts';
import type { ProjectState, Sequence, Shot, Track, TrackId } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { atRate, sameRational, type Rational } from '../rational.ts';
import { Draft } from './draft.ts';
import { programmeLength } from './programme.ts';
import { sourceTicks, usualLength } from './source-ticks.ts';
import { tracksOf } from './track-clips.ts';

type Place = Extract<TimelineEdit, { kind: 'place' }>;

/** The first moving picture that is placed decides the sequence's rate, unless the user has. */
export function place(state: ProjectState, edit: Place, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const sequence = decidedSequence(state, edit.ranges.map(({ shotId }) => draft.shot(shotId)));
  const ranges = edit.ranges.map((range) => checkRange(convertRange(range, draft.shot(range.shotId), state.sequence.rate, sequence.rate), draft.shot(range.shotId), sequence.rate));
  const total = ranges.reduce((sum, { length }) => sum + length, 0);
  let at = edit.mode === 'append' ? programmeLength(state) : Math.max(0, edit.at);
  if (edit.mode === 'insert') draft.openSpace(at, total);
  for (const { shotId, sourceIn, length } of ranges) {
    const { media } = draft.shot(shotId);
    const hasSound = media !== null && media.sound !== null && !media.isStill;
    const link = media?.picture && hasSound ? newId() : null;
    const putOn = (trackId: TrackId): void => {
      draft.clear(trackId, at, at + length);
      draft.put({ id: newId(), trackId, shotId, start: at, length, sourceIn, isEnabled: true, gain: 0, link });
    };
    if (media?.picture) putOn(targetTrack(draft, 'picture', edit.pictureTrackId));
    if (hasSound) putOn(targetTrack(draft, 'sound', edit.soundTrackId));
    at += length;
  }
  return { ...draft.change(), ...(sequence !== state.sequence && { sequence }) };
}

/** Null means the lowest that is not locked. */
function targetTrack(draft: Draft, kind: Track['kind'], id: TrackId | null): TrackId {
  if (id !== null) {
    if (draft.state.tracks.get(id)?.kind !== kind) throw new StringoutError('usage', `there is no ${kind} track ${id}`);
    return id;
  }
  const tracks = tracksOf(draft.state, kind);
  return draft.trackAt(kind, tracks.find(({ isLocked }) => !isLocked)?.position ?? tracks.length);
}

function decidedSequence({ sequence }: ProjectState, shots: readonly Shot[]): Sequence {
  if (sequence.isRateSet) return sequence;
  const media = shots.find((shot) => shot.media?.picture && !shot.media.isStill)?.media;
  if (!media) return sequence;
  const hour = Math.ceil(media.rate.num / media.rate.den) * 3600;
  const isUsualStart = sequence.startFrame === Math.ceil(sequence.rate.num / sequence.rate.den) * 3600;
  return { ...sequence, rate: media.rate, isRateSet: true, startFrame: isUsualStart ? hour : sequence.startFrame };
}

/** The range was counted at the rate that the sequence had until now. */
function convertRange(range: ShotRange, shot: Shot, from: Rational, to: Rational): ShotRange {
  if (sameRational(from, to)) return range;
  const isWhole = range.sourceIn === 0 && range.length === usualLength(shot, from);
  if (isWhole) return { ...range, length: usualLength(shot, to) };
  return { ...range, sourceIn: atRate(range.sourceIn, from, to), length: Math.max(1, atRate(range.length, from, to)) };
}

function checkRange(range: ShotRange, shot: Shot, rate: Rational): ShotRange {
  if (!shot.media) {
    const why = shot.status === 'indexing' ? 'is still being read: try again in a moment' : shot.problem ?? 'cannot be used';
    throw new StringoutError('range.invalid', why, { file: shot.path });
  }
  const ticks = sourceTicks(shot, rate);
  if (range.sourceIn < 0 || range.sourceIn >= ticks) throw new StringoutError('range.invalid', `has no frame ${range.sourceIn}: it has ${ticks}`, { file: shot.path });
  return { ...range, length: Math.min(range.length, ticks - range.sourceIn) };
}
