/**
 * Every edit of the timeline: what the user asked for becomes the rows that change. Pure, so that a drag is previewed by the very function
 * that the host will run.
 */
import type { TimelineEdit } from '../project/edit.ts';
import type { ProjectState } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { changeVersions, link, paste, replaceShot, setClips } from './change-clips.ts';
import { addMarker, addTrack, removeMarkers, removeTrack, setMarker, setMarks, setSequence, setTrack } from './change-sequence.ts';
import { closeGaps, remove, removeRange, split } from './cut.ts';
import { move } from './move.ts';
import { place } from './place.ts';
import { slide, slip } from './slip-slide.ts';
import { trim } from './trim.ts';

/**
 * `newId` gives ids for new rows, none twice. Edits stop where an editor expects them to (at the end of the media, at frame 0, at one frame of
 * length). Throws `usage` for rows that are not there and `range.invalid` for what cannot be done.
 */
export function editTimeline(state: ProjectState, edit: TimelineEdit, newId: () => number): ProjectChange {
  switch (edit.kind) {
    case 'place': return place(state, edit, newId);
    case 'move': return move(state, edit, newId);
    case 'trim': return trim(state, edit, newId);
    case 'slip': return slip(state, edit, newId);
    case 'slide': return slide(state, edit, newId);
    case 'split': return split(state, edit, newId);
    case 'remove': return remove(state, edit, newId);
    case 'removeRange': return removeRange(state, edit, newId);
    case 'closeGaps': return closeGaps(state, edit, newId);
    case 'replaceShot': return replaceShot(state, edit, newId);
    case 'stepVersions': return changeVersions(state, edit, newId);
    case 'setClips': return setClips(state, edit, newId);
    case 'link': return link(state, edit, newId);
    case 'paste': return paste(state, edit, newId);
    case 'addTrack': return addTrack(state, edit, newId);
    case 'removeTrack': return removeTrack(state, edit);
    case 'setTrack': return setTrack(state, edit);
    case 'addMarker': return addMarker(state, edit, newId);
    case 'setMarker': return setMarker(state, edit);
    case 'removeMarkers': return removeMarkers(state, edit);
    case 'setMarks': return setMarks(state, edit);
    case 'setSequence': return setSequence(state, edit);
  }
}
