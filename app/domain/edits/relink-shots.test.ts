import { expect, it } from 'vitest';
import type { Shot } from '../project/project.ts';
import { applyChange } from '../project/project-change.ts';
import { relinkShots, usedRange } from './relink-shots.ts';
import { drawn, emptyProject, timelineOf } from './testing/timelines.ts';

const base = emptyProject().shots.get(1);
/** The shot has 100 frames from label 1000. */
function relinked(media: Partial<NonNullable<Shot['media']>>): Shot[] {
  return base?.media ? [{ ...base, path: '/new/1.mov', media: { ...base.media, ...media } }] : [];
}
const state = timelineOf([1, 11, 0, 20, 10], [2, 11, 20, 20, 70], [3, 21, 20, 20, 70]);
const after = (media: Partial<NonNullable<Shot['media']>>): string[] => drawn(applyChange(state, relinkShots(state, relinked(media))));

it('clips show the same frames of another file by timecode, else as far from its first frame', () => {
  expect(after({ timecode: { frame: 995, dropFrame: false }, frames: 110 })).toEqual(['A1 20-40@75', 'V1 0-20@15', 'V1 20-40@75']);
  expect(after({ timecode: null })).toEqual(drawn(state));
});

it('what a shorter file does not hold becomes a gap where it was, and a clip of which it holds nothing stays', () => {
  expect(after({ timecode: { frame: 1015, dropFrame: false }, frames: 70 })).toEqual(['A1 20-35@55', 'V1 5-20@0', 'V1 20-35@55']);
  expect(after({ frames: 40 })).toEqual(drawn(state));
});

it('no more of the file is wanted than clips show', () => {
  expect([base && usedRange(state, base), base && usedRange(emptyProject(), base)]).toEqual([{ from: 10, to: 90 }, null]);
});
