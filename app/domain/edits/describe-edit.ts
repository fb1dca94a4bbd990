/** How an edit is called in "Undo ...". */
import type { TimelineEdit } from '../project/edit.ts';

export function describeEdit(edit: TimelineEdit): string {
  switch (edit.kind) {
    case 'place': return `${edit.mode} ${counted(edit.ranges.length, 'shot')}`;
    case 'move': return `move ${counted(edit.clipIds.length, 'clip')}`;
    case 'trim': return edit.mode === 'plain' ? 'trim' : `${edit.mode} trim`;
    case 'slip': case 'slide': case 'split': return edit.kind;
    case 'remove': return `${edit.mode} ${counted(edit.clipIds.length, 'clip')}`;
    case 'removeRange': return `${edit.mode} range`;
    case 'closeGaps': return 'close gaps';
    case 'replaceShot': return 'replace shot';
    case 'stepVersions': return edit.step === 'up' || edit.step === 'down' ? `version ${edit.step}` : typeof edit.step === 'number' ? `version ${edit.step}` : `${edit.step} version`;
    case 'setClips': return edit.gain === undefined ? (edit.isEnabled === false ? 'disable clips' : 'enable clips') : 'change gain';
    case 'link': return edit.isLinked ? 'link clips' : 'unlink clips';
    case 'paste': return `paste ${counted(edit.clips.length, 'clip')}`;
    case 'addTrack': return 'add track';
    case 'removeTrack': return 'remove track';
    case 'setTrack': return 'change track';
    case 'addMarker': return 'add marker';
    case 'setMarker': return 'change marker';
    case 'removeMarkers': return 'remove markers';
    case 'setMarks': return 'mark';
    case 'setSequence': return 'change sequence';
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
