/** The sequence as it is heard and how long it is. */
import type { ClipId, ProjectState, ShotId, TrackId } from '../project/project.ts';
import { clipsByTrack, endOf } from './track-clips.ts';

export type HeardClip = {
  readonly clipId: ClipId;
  readonly trackId: TrackId;
  readonly shotId: ShotId;
  readonly start: number;
  readonly length: number;
  readonly sourceIn: number;
  /** Decibels, track and clip together. */
  readonly gain: number;
};

/** To the end of the last clip of any track, enabled or not: turning a clip off shortens nothing. */
export function programmeLength({ clips }: ProjectState): number {
  let end = 0;
  for (const list of clipsByTrack(clips).values()) {
    const last = list.at(-1);
    if (last) end = Math.max(end, endOf(last));
  }
  return end;
}

/** Enabled clips of enabled sound tracks, by start. */
export function soundClips({ clips, tracks }: ProjectState): readonly HeardClip[] {
  const heard: HeardClip[] = [];
  for (const [trackId, list] of clipsByTrack(clips)) {
    const track = tracks.get(trackId);
    if (track?.kind !== 'sound' || !track.isEnabled) continue;
    for (const { id, shotId, start, length, sourceIn, isEnabled, gain } of list) {
      if (isEnabled) heard.push({ clipId: id, trackId, shotId, start, length, sourceIn, gain: gain + track.gain });
    }
  }
  return heard.toSorted((a, b) => a.start - b.start);
}
