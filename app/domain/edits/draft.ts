/**
 * A timeline being edited: tracks as sorted lists that are copied when first touched, and in the end the rows that differ. All edits
 * are made of its few moves, and none of them lets two clips overlap.
 */
import { StringoutError } from '../../base/errors.ts';
import type { ClipId, ProjectState, Shot, TimelineClip, Track, TrackId } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { clipsByTrack, endOf, firstEndingAfter, firstStartingAt, tracksOf } from './track-clips.ts';

export class Draft {
  readonly state: ProjectState;
  readonly newId: () => number;
  readonly #tracks = new Map<TrackId, TimelineClip[]>();
  readonly #addedTracks: Track[] = [];
  /** The link of right halves, by the link of what was split. */
  readonly #splitLinks = new Map<number, number>();

  constructor(state: ProjectState, newId: () => number) {
    this.state = state;
    this.newId = newId;
  }

  /** Throws `usage` for an unknown clip, `range.invalid` for one on a locked track. */
  clip(id: ClipId): TimelineClip {
    const clip = this.state.clips.get(id);
    if (!clip) throw new StringoutError('usage', `there is no clip ${id}`);
    this.#mustBeOpen(clip.trackId);
    return clip;
  }

  shot(id: number): Shot {
    const shot = this.state.shots.get(id);
    if (!shot) throw new StringoutError('usage', `there is no shot ${id}`);
    return shot;
  }

  /** As it stands now, sorted. Not to be kept over an edit. */
  track(id: TrackId): readonly TimelineClip[] {
    return this.#tracks.get(id) ?? clipsByTrack(this.state.clips).get(id) ?? [];
  }

  /** What has become of a clip of the state; null where it is gone. */
  now({ id, trackId, start }: TimelineClip): TimelineClip | null {
    const track = this.track(trackId);
    return track[indexOf(track, id, start)] ?? null;
  }

  get unlocked(): readonly Track[] {
    return [...this.state.tracks.values(), ...this.#addedTracks].filter(({ isLocked }) => !isLocked);
  }

  /** The track of that place, made where there is none. */
  trackAt(kind: Track['kind'], position: number): TrackId {
    const tracks = [...tracksOf(this.state, kind), ...this.#addedTracks.filter((track) => track.kind === kind)];
    const found = tracks.find((track) => track.position === position);
    if (found) {
      this.#mustBeOpen(found.id);
      return found.id;
    }
    const made = newTrack(this.newId(), kind, tracks.length);
    this.#addedTracks.push(made);
    return made.position === position ? made.id : this.trackAt(kind, position);
  }

  /** Where `clip` is to lie must be free. */
  put(clip: TimelineClip): void {
    const track = this.#open(clip.trackId);
    track.splice(firstStartingAt(track, clip.start), 0, clip);
  }

  remove({ id, trackId, start }: TimelineClip): void {
    const track = this.#open(trackId);
    const at = indexOf(track, id, start);
    if (at >= 0) track.splice(at, 1);
  }

  /** The same clip in another place or form; its track and order stay. */
  replace(before: TimelineClip, after: TimelineClip): void {
    const track = this.#open(before.trackId);
    const at = indexOf(track, before.id, before.start);
    if (at >= 0) track[at] = after;
  }

  /** Cuts the clip over `frame` in two; nothing where there is none. */
  split(trackId: TrackId, frame: number): void {
    const track = this.track(trackId);
    const clip = track[firstEndingAfter(track, frame)];
    if (!clip || clip.start >= frame) return;
    const done = frame - clip.start;
    this.replace(clip, { ...clip, length: done });
    this.put({ ...clip, id: this.newId(), start: frame, length: clip.length - done, sourceIn: clip.sourceIn + done, link: this.#linkOfRightHalf(clip.link) });
  }

  /** Makes [from, to) of the track empty: clips over its ends are trimmed and stay the clips they are, one over both ends becomes two. */
  clear(trackId: TrackId, from: number, to: number): void {
    const current = this.track(trackId);
    const first = firstEndingAfter(current, from);
    const end = firstStartingAt(current, to);
    if (to <= from || end <= first) return;
    this.split(trackId, from);
    const track = this.#open(trackId);
    const begin = firstStartingAt(track, from);
    const stop = firstStartingAt(track, to);
    const last = track[stop - 1];
    const rest = last && endOf(last) > to ? [{ ...last, start: to, length: endOf(last) - to, sourceIn: last.sourceIn + to - last.start }] : [];
    track.splice(begin, stop - begin, ...rest);
  }

  /** Opens room at `at` on all unlocked tracks; clips over it are cut. */
  openSpace(at: number, length: number): void {
    for (const { id } of this.unlocked) {
      this.split(id, at);
      this.shift(id, at, length);
    }
  }

  /** Moves what starts at or after `from` on every unlocked track, left only as far as there is room on all of them. Returns the frames moved. */
  ripple(from: number, frames: number): number {
    const moved = frames < 0 ? -Math.min(-frames, this.#roomBefore(from)) : frames;
    if (moved !== 0) for (const { id } of this.unlocked) this.shift(id, from, moved);
    return moved;
  }

  /** Moves what starts at or after `from` on one track; there must be room. */
  shift(trackId: TrackId, from: number, frames: number): void {
    const current = this.track(trackId);
    const first = firstStartingAt(current, from);
    if (first === current.length || frames === 0) return;
    const track = this.#open(trackId);
    for (let i = first; i < track.length; i++) {
      const clip = track[i];
      if (clip) track[i] = { ...clip, start: clip.start + frames };
    }
  }

  change(): ProjectChange {
    const put: TimelineClip[] = [];
    const kept = new Set<ClipId>();
    const before: TimelineClip[] = [];
    for (const [id, track] of this.#tracks) {
      before.push(...clipsByTrack(this.state.clips).get(id) ?? []);
      for (const clip of track) {
        kept.add(clip.id);
        if (this.state.clips.get(clip.id) !== clip) put.push(clip);
      }
    }
    const remove = before.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
    return {
      ...((put.length > 0 || remove.length > 0) && { clips: { put, remove } }),
      ...(this.#addedTracks.length > 0 && { tracks: { put: this.#addedTracks, remove: [] } }),
    };
  }

  /** Frames by which everything from `from` on could move left. */
  #roomBefore(from: number): number {
    let room = Infinity;
    for (const { id } of this.unlocked) {
      const track = this.track(id);
      const first = firstStartingAt(track, from);
      const clip = track[first];
      if (!clip) continue;
      const previous = track[first - 1];
      room = Math.min(room, clip.start - (previous ? endOf(previous) : 0));
    }
    return Number.isFinite(room) ? room : 0;
  }

  #open(trackId: TrackId): TimelineClip[] {
    const open = this.#tracks.get(trackId);
    if (open) return open;
    this.#mustBeOpen(trackId);
    const copy = [...clipsByTrack(this.state.clips).get(trackId) ?? []];
    this.#tracks.set(trackId, copy);
    return copy;
  }

  #mustBeOpen(trackId: TrackId): void {
    const track = this.state.tracks.get(trackId);
    if (track?.isLocked) throw new StringoutError('range.invalid', `the track ${track.name} is locked: unlock it first`);
    if (!track && !this.#addedTracks.some(({ id }) => id === trackId)) throw new StringoutError('usage', `there is no track ${trackId}`);
  }

  #linkOfRightHalf(link: number | null): number | null {
    if (link === null) return null;
    const fresh = this.#splitLinks.get(link) ?? this.newId();
    this.#splitLinks.set(link, fresh);
    return fresh;
  }
}

/** Where it was, or wherever an edit before has moved it to. */
function indexOf(track: readonly TimelineClip[], id: ClipId, start: number): number {
  const at = firstStartingAt(track, start);
  return track[at]?.id === id ? at : track.findIndex((clip) => clip.id === id);
}

export function newTrack(id: TrackId, kind: Track['kind'], position: number): Track {
  return { id, kind, position, name: `${kind === 'picture' ? 'V' : 'A'}${position + 1}`, isEnabled: true, isLocked: false, gain: 0 };
}
