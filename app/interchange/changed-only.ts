/** A timeline of some of its clips, where they stood: gaps in the place of the others. */
import type { DocumentGap, DocumentItem, TimelineDocument } from './document.ts';
import { isShown } from './cut-clips.ts';
import { addTimes, itemDuration } from './measure.ts';

/** `kept`: clips by `CutClip.index`. Tracks that keep none are left out, and so are transitions to what is not there. */
export function onlyClips(document: TimelineDocument, kept: ReadonlySet<number>): TimelineDocument {
  let index = 0;
  const tracks = document.tracks.map((track) => {
    const isKept = track.items.map((item) => isShown(item) && kept.has(index++));
    const items = track.items.flatMap((item, place): DocumentItem[] => {
      if (isKept[place]) return [item];
      if (item.kind === 'transition') return isKept[place - 1] && isKept[place + 1] ? [item] : [];
      return [gapFor(item)];
    });
    return { track: { ...track, items: withoutTail(merged(items)) }, isEmpty: !isKept.includes(true) };
  });
  return { ...document, tracks: tracks.filter(({ isEmpty }) => !isEmpty).map(({ track }) => track) };
}

function gapFor(item: DocumentItem): DocumentGap {
  const { value, rate } = itemDuration(item) ?? { value: 0, rate: { num: 1, den: 1 } };
  return { kind: 'gap', name: '', isEnabled: true, duration: { value, rate }, effects: [], markers: [], metadata: {} };
}

function merged(items: readonly DocumentItem[]): DocumentItem[] {
  const result: DocumentItem[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (item.kind === 'gap' && last?.kind === 'gap') result[result.length - 1] = { ...last, duration: addTimes(last.duration, item.duration) };
    else if (item.kind !== 'gap' || item.duration.value > 0) result.push(item);
  }
  return result;
}

function withoutTail(items: readonly DocumentItem[]): readonly DocumentItem[] {
  return items.at(-1)?.kind === 'gap' ? items.slice(0, -1) : items;
}
