/** Clips of each track in order, made once for a state: edits, drawing and flattening all walk tracks. */
import type { ClipId, ProjectState, TimelineClip, Track, TrackId } from '../project/project.ts';

type Clips = ProjectState['clips'];

const known = new WeakMap<Clips, ReadonlyMap<TrackId, readonly TimelineClip[]>>();

/** By start. Tracks without clips are not in the map. */
export function clipsByTrack(clips: Clips): ReadonlyMap<TrackId, readonly TimelineClip[]> {
  const made = known.get(clips);
  if (made) return made;
  const tracks = new Map<TrackId, TimelineClip[]>();
  for (const clip of clips.values()) {
    const list = tracks.get(clip.trackId);
    if (list) list.push(clip);
    else tracks.set(clip.trackId, [clip]);
  }
  for (const list of tracks.values()) list.sort(byStart);
  known.set(clips, tracks);
  return tracks;
}

export function byStart(a: TimelineClip, b: TimelineClip): number {
  return a.start - b.start;
}

export function endOf({ start, length }: { readonly start: number; readonly length: number }): number {
  return start + length;
}

/** Number of clips of a sorted list that end at or before `frame`: the first one after it, or over it, has that index. */
export function firstEndingAfter(clips: readonly TimelineClip[], frame: number): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    const clip = clips[probe];
    if (clip && endOf(clip) <= frame) low = probe + 1;
    else high = probe;
  }
  return low;
}

/** Number of clips of a sorted list that start before `frame`. */
export function firstStartingAt(clips: readonly TimelineClip[], frame: number): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    if ((clips[probe]?.start ?? 0) < frame) low = probe + 1;
    else high = probe;
  }
  return low;
}

/** Of one kind, from position 0. */
export function tracksOf(state: ProjectState, kind: Track['kind']): readonly Track[] {
  return [...state.tracks.values()].filter((track) => track.kind === kind).toSorted((a, b) => a.position - b.position);
}

/** With every clip that is linked to one of them. */
export function withLinked(state: ProjectState, ids: Iterable<ClipId>): ClipId[] {
  const all = new Set(ids);
  const links = new Set<number>();
  for (const id of all) {
    const link = state.clips.get(id)?.link;
    if (link !== null && link !== undefined) links.add(link);
  }
  if (links.size > 0) for (const clip of state.clips.values()) if (clip.link !== null && links.has(clip.link)) all.add(clip.id);
  return [...all];
}
