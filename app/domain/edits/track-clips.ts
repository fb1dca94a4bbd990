/** Clips of each track in order, made once for a state: edits, drawing and flattening all walk tracks. */
import type { ClipId, ProjectState, TimelineClip, Track, TrackId } from '../project/project.ts';
import type { RowChange } from '../project/row-change.ts';

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

/** The lists of a state after a change: only those of touched tracks are made anew, however many clips there are. */
export function deriveTracks(before: Clips, after: Clips, change: RowChange<TimelineClip>): void {
  const tracks = known.get(before);
  if (!tracks || known.has(after)) return;
  const touched = new Map<TrackId, TimelineClip[]>();
  const gone = new Set<ClipId>();
  const touch = (id: ClipId): void => {
    const clip = before.get(id);
    if (!clip) return;
    gone.add(id);
    if (!touched.has(clip.trackId)) touched.set(clip.trackId, []);
  };
  change.remove.forEach(touch);
  for (const clip of change.put) {
    touch(clip.id);
    const list = touched.get(clip.trackId);
    if (list) list.push(clip);
    else touched.set(clip.trackId, [clip]);
  }
  const derived = new Map(tracks);
  for (const [trackId, put] of touched) {
    const list = [...(tracks.get(trackId) ?? []).filter(({ id }) => !gone.has(id)), ...put].toSorted(byStart);
    if (list.length > 0) derived.set(trackId, list);
    else derived.delete(trackId);
  }
  known.set(after, derived);
}

function byStart(a: TimelineClip, b: TimelineClip): number {
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
export function tracksOf({ tracks }: Pick<ProjectState, 'tracks'>, kind: Track['kind']): readonly Track[] {
  return [...tracks.values()].filter((track) => track.kind === kind).toSorted((a, b) => a.position - b.position);
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
