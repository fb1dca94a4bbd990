import { expect, test } from 'vitest';
import { editTimeline } from '../../app/domain/edits/edit-timeline.ts';
import { clipsByTrack } from '../../app/domain/edits/track-clips.ts';
import type { TimelineEdit } from '../../app/domain/project/edit.ts';
import { applyChange } from '../../app/domain/project/project-change.ts';
import type { ProjectState, TimelineClip } from '../../app/domain/project/project.ts';
import { previewState } from './preview-state.ts';

const track = { kind: 'picture', isEnabled: true, isLocked: false, gain: 0 } as const;
const clip = (id: number, start: number): TimelineClip => ({ id, trackId: 1, shotId: 1, start, length: 40, sourceIn: 0, isEnabled: true, gain: 0, link: null });

function project(): ProjectState {
  return {
    sequence: { name: '', rate: { num: 24, den: 1 }, isRateSet: true, startFrame: 0, dropFrame: false, markIn: null, markOut: null },
    shots: new Map(), markers: new Map(),
    tracks: new Map([[1, { ...track, id: 1, position: 0, name: 'V1' }], [2, { ...track, id: 2, position: 1, name: 'V2' }]]),
    clips: new Map([clip(1, 0), clip(2, 40), clip(3, 80)].map((row) => [row.id, row])),
  };
}

const edits: readonly TimelineEdit[] = [
  { kind: 'move', clipIds: [1], frames: 50, tracks: 0, mode: 'overwrite' }, // cuts 2, covers part of 3
  { kind: 'move', clipIds: [2], frames: 0, tracks: 1, mode: 'overwrite' },
  { kind: 'remove', clipIds: [2], mode: 'extract' },
  { kind: 'addMarker', frame: 5, name: 'x', colour: 'red' },
];

test.each(edits)('what is shown while dragging is what the edit makes: $kind', (edit) => {
  for (const isWalkedBefore of [true, false]) {
    const state = project();
    if (isWalkedBefore) clipsByTrack(state.clips);
    let id = -1;
    const change = editTimeline(state, edit, () => id--);
    const shown = previewState(state, change);
    const made = applyChange(state, change);
    expect([...clipsByTrack(shown.clips)].toSorted(([a], [b]) => a - b)).toEqual([...clipsByTrack(new Map(made.clips))].toSorted(([a], [b]) => a - b));
    for (let clipId = -9; clipId < 9; clipId++) expect(shown.clips.get(clipId)).toEqual(made.clips.get(clipId));
    expect([...shown.clips]).toEqual([...made.clips]);
    expect(shown.markers).toEqual(made.markers);
  }
});
