/** What of a connected track belongs together: a storyline, or a clip by itself. */
import { asObject } from '../json.ts';
import { Kept } from '../xml/kept.ts';
import type { PlacedItem } from '../xml/place.ts';

export type Group = { readonly items: readonly PlacedItem[]; readonly isStoryline: boolean; readonly attributes: Readonly<Record<string, string>> };

/** Clips that a transition joins, and those that were read as one storyline; gaps between them are no group. */
export function groupsOf(placed: readonly PlacedItem[]): Group[] {
  const groups: { items: PlacedItem[]; isStoryline: boolean; attributes: Readonly<Record<string, string>> }[] = [];
  let isOpen = false;
  for (const [index, item] of placed.entries()) {
    const kept = asObject(item.item.metadata['fcpx']);
    const mark = kept?.['storyline'];
    if (item.kind === 'lasting' && item.item.kind === 'gap' && mark === undefined) {
      isOpen = false;
      continue;
    }
    const last = groups.at(-1);
    const isJoined = isOpen && last !== undefined && mark !== 'first' && (mark === 'next' || item.kind === 'transition' || placed[index - 1]?.kind === 'transition');
    if (isJoined) {
      last.items.push(item);
      last.isStoryline = true;
    } else {
      groups.push({ items: [item], isStoryline: item.kind === 'transition' || mark !== undefined, attributes: new Kept({ attributes: kept?.['storylineAttributes'] }).attributes });
    }
    isOpen = true;
  }
  return groups.filter(({ items }) => items.some((item) => item.kind === 'lasting'));
}

/** The frame at which its first clip begins. */
export function startOf({ items }: Group): number {
  return items.find((item) => item.kind === 'lasting')?.start ?? 0;
}
