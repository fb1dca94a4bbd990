/** The project's sequence as the engine's timeline: the topmost enabled pictures in order with black between them, and its sound clips. */
import { flattenPicture, type FlatClip } from '../../domain/edits/flatten.ts';
import { programmeLength, soundClips, type HeardClip } from '../../domain/edits/programme.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import type { Clip, SoundClip, Timeline, TimelineItem } from '../../domain/timeline.ts';

export type ProjectTimeline = {
  readonly timeline: Timeline;
  /** One for each item: the clip that it shows, null for black. */
  readonly shown: readonly (FlatClip | null)[];
};

/** `pathOf` is where a shot's media is read: its own file, or a proxy's. */
export function projectTimeline(state: ProjectState, pathOf: (shotId: number) => string): ProjectTimeline {
  const { sequence, shots } = state;
  const { rate } = sequence;
  const items: TimelineItem[] = [];
  const shown: (FlatClip | null)[] = [];
  let frame = 0;
  const fillTo = (to: number): void => {
    if (to <= frame) return;
    items.push({ kind: 'gap', duration: { frames: to - frame, rate } });
    shown.push(null);
    frame = to;
  };
  for (const flat of flattenPicture(state)) {
    fillTo(flat.start);
    const shot = shots.get(flat.shotId);
    const range = {
      in: { unit: 'media', value: flat.sourceIn, rate, origin: 0 },
      out: { unit: 'media', value: flat.sourceIn + flat.length, rate, origin: 0 },
    } as const;
    const clip: Clip = {
      kind: 'clip', name: shot?.name ?? 'shot', media: pathOf(flat.shotId), range, line: null, reel: shot?.reel ?? null, scene: shot?.scene ?? null, take: shot?.take ?? null,
      note: shot?.note ?? null,
    };
    items.push(clip);
    shown.push(flat);
    frame = flat.start + flat.length;
  }
  fillTo(programmeLength(state));
  const sound = soundClips(state).map((clip) => soundOf(state, clip, pathOf(clip.shotId)));
  const start = { frame: sequence.startFrame, rate, dropFrame: sequence.dropFrame };
  return { timeline: { name: sequence.name, rate, start, items, sound, warnings: [], origin: sequence.name }, shown };
}

export function soundOf({ shots }: ProjectState, { start, length, shotId, sourceIn, gain }: HeardClip, media: string): SoundClip {
  return { name: shots.get(shotId)?.name ?? 'shot', media, start, length, sourceIn, gain };
}
