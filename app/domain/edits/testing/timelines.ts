/** Small timelines for tests, written as people draw them. */
import type { ProjectState, Shot, TimelineClip, Track } from '../../project/project.ts';
import { rational } from '../../rational.ts';

const shotLength = 100;

/** Shot 1 and 2: picture and sound of 100 frames at 24; 3: a still; 4: sound alone. */
export function emptyProject(): ProjectState {
  const shot = (id: number, media: Partial<NonNullable<Shot['media']>>): Shot => ({
    id, path: `/${id}.mov`, name: `shot ${id}`, status: 'ready', problem: null, scene: null, take: null, reel: null, note: '', tags: [], rating: 0, isCircled: false, versionGroup: null,
    version: null, added: 0,
    media: {
      fingerprint: String(id), frames: shotLength, rate: rational(24), isStill: false, picture: { codec: 'h264', width: 16, height: 9, pixelFormat: 'yuv420p' },
      sound: { codec: 'aac', channels: 2, sampleRate: 48_000 }, timecode: { frame: 1000 * id, dropFrame: false }, bytes: 1, created: null, ...media,
    },
  });
  const shots = [shot(1, {}), shot(2, {}), shot(3, { isStill: true, frames: 1, sound: null }), shot(4, { picture: null, rate: rational(48_000), frames: 200_000 })];
  return {
    sequence: { name: 'cut', rate: rational(24), isRateSet: true, startFrame: 86_400, dropFrame: false, markIn: null, markOut: null },
    shots: new Map(shots.map((each) => [each.id, each])), tracks: new Map(), clips: new Map(), markers: new Map(),
  };
}

const track = (id: number, kind: Track['kind'], position: number): Track => ({ id, kind, position, name: `${kind === 'picture' ? 'V' : 'A'}${position + 1}`, isEnabled: true, isLocked: false, gain: 0 });

/** Tracks 11 (V1), 12 (V2), 21 (A1); clips as [id, track, start, length, sourceIn, link]. */
export function timelineOf(...rows: readonly (readonly [id: number, trackId: number, start: number, length: number, sourceIn?: number, link?: number | null])[]): ProjectState {
  const clips = rows.map(([id, trackId, start, length, sourceIn = 10, link = null]): TimelineClip => ({ id, trackId, shotId: 1, start, length, sourceIn, isEnabled: true, gain: 0, link }));
  const tracks = [track(11, 'picture', 0), track(12, 'picture', 1), track(21, 'sound', 0)];
  return { ...emptyProject(), tracks: new Map(tracks.map((each) => [each.id, each])), clips: new Map(clips.map((clip) => [clip.id, clip])) };
}

/** "V1 0-10@10" of every clip, track by track in order: [start-end@sourceIn. */
export function drawn(state: ProjectState): string[] {
  return [...state.clips.values()]
    .map((clip) => ({ clip, name: state.tracks.get(clip.trackId)?.name ?? '?' }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.clip.start - b.clip.start)
    .map(({ clip, name }) => `${name} ${clip.start}-${clip.start + clip.length}@${clip.sourceIn}`);
}

export function counter(from = 1000): () => number {
  let id = from;
  return () => id++;
}
