/** Clips stepped to another version of their shots, one by one or all: which shot takes whose place, and what would be lost. The edit `stepVersions` does them. */
import type { VersionChoice } from '../project/edit.ts';
import type { ClipId, ProjectState, Shot, ShotId } from '../project/project.ts';
import { placeInVersion } from './place-in-version.ts';

export type VersionStep = {
  readonly clipIds: readonly ClipId[];
  readonly from: Shot;
  readonly to: Shot;
  /** How the clips find their place: by timecode, or from the first frame. */
  readonly by: 'timecode' | 'head';
  /** What the user should know before, in sentences without full stops. */
  readonly warnings: readonly string[];
};

export type VersionPlan = {
  readonly steps: readonly VersionStep[];
  /** Clips that stay as they are, and why. */
  readonly staying: readonly { readonly clipId: ClipId; readonly reason: string }[];
};

/** `clipIds` null: every clip whose shot has versions. Links are not followed: give the sound's clips too. */
export function stepVersions(state: ProjectState, clipIds: readonly ClipId[] | null, step: VersionChoice): VersionPlan {
  const groups = Map.groupBy([...state.shots.values()].filter(({ versionGroup }) => versionGroup !== null), ({ versionGroup }) => versionGroup);
  const staying: { clipId: ClipId; reason: string }[] = [];
  const moves = new Map<ShotId, { readonly from: Shot; readonly to: Shot; readonly clipIds: ClipId[] }>();
  for (const id of clipIds ?? state.clips.keys()) {
    const shot = state.shots.get(state.clips.get(id)?.shotId ?? -1);
    if (!shot) continue;
    const to = shot.version === null ? null : stepFrom(shot, groups.get(shot.versionGroup) ?? [], step);
    if (to) {
      const move = moves.get(shot.id) ?? { from: shot, to, clipIds: [] };
      move.clipIds.push(id);
      moves.set(shot.id, move);
    } else if (clipIds || shot.version !== null) {
      staying.push({ clipId: id, reason: shot.version === null ? 'its name tells no version' : `version ${shot.version} is ${whyNone[String(step)] ?? `not to be had as version ${step}`}` });
    }
  }
  return { steps: [...moves.values()].map((move) => describe(state, move)), staying };
}

const whyNone: Readonly<Record<string, string>> = { up: 'the newest', newest: 'the newest', down: 'the oldest', oldest: 'the oldest' };

/** Null where there is none. Of one version in several files the one most like the shot is taken: its kind of file, then its folder. */
function stepFrom(shot: Shot, group: readonly Shot[], step: VersionChoice): Shot | null {
  const current = shot.version ?? 0;
  const usable = group.filter(({ version, status, id }) => version !== null && status === 'ready' && id !== shot.id);
  const numbers = usable.map(({ version }) => version ?? 0).filter((version) => (typeof step === 'number' ? version === step && step !== current : step === 'up' || step === 'newest' ? version > current : version < current));
  if (numbers.length === 0) return null;
  const number = step === 'up' || step === 'oldest' ? Math.min(...numbers) : Math.max(...numbers);
  return usable.filter(({ version }) => version === number).toSorted((a, b) => likeness(b, shot) - likeness(a, shot) || a.id - b.id)[0] ?? null;
}

function likeness(a: Shot, b: Shot): number {
  return (extensionOf(a.path) === extensionOf(b.path) ? 2 : 0) + (folderOf(a.path) === folderOf(b.path) ? 1 : 0);
}

function describe(state: ProjectState, { from, to, clipIds }: { readonly from: Shot; readonly to: Shot; readonly clipIds: readonly ClipId[] }): VersionStep {
  const places = clipIds.flatMap((id) => {
    const clip = state.clips.get(id);
    return clip ? [placeInVersion(clip, from, to, state.sequence.rate)] : [];
  });
  const lost = places.filter((place) => place.lost > 0);
  const slipped = places.filter((place) => place.slipped !== 0);
  const most = (values: readonly number[]): number => values.reduce((found, value) => (Math.abs(value) > Math.abs(found) ? value : found), 0);
  const isShorter = from.media !== null && to.media !== null && !to.media.isStill && to.media.frames * to.media.rate.den * from.media.rate.num < from.media.frames * from.media.rate.den * to.media.rate.num;
  const name = `version ${to.version}`;
  return {
    clipIds, from, to, by: places[0]?.by ?? 'head',
    warnings: [
      ...(isShorter ? [`${name} is shorter: ${to.media?.frames} frames, version ${from.version} has ${from.media?.frames}`] : []),
      ...(lost.length > 0 ? [`${name} is shorter than the clip: ${most(lost.map((place) => place.lost))} frames at its end become a gap`] : []),
      ...(slipped.length > 0 ? [`${name} does not hold all that the clip shows: it begins ${describeSlip(most(slipped.map((place) => place.slipped)))}`] : []),
    ],
  };
}

function describeSlip(frames: number): string {
  return `${Math.abs(frames)} frames ${frames > 0 ? 'later' : 'earlier'}`;
}

function extensionOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

function folderOf(path: string): string {
  return path.replace(/[^/\\]*$/, '');
}
