/** `--sort`: clips in another order than the list's. */
import { compare } from 'natural-orderby';
import type { Source } from '../../domain/source.ts';
import type { Clip, TimelineItem } from '../../domain/timeline.ts';
import type { IndexedSource } from './index-sources.ts';
import type { SortOrder } from './options.ts';

/** Gaps belong to the old order and are left out. Equal clips keep their order; what lacks the key comes last. */
export function orderClips(items: readonly TimelineItem[], order: SortOrder, indexed: ReadonlyMap<string, IndexedSource>): Clip[] {
  const natural = compare();
  const clips = items.filter((item) => item.kind === 'clip');
  const keyed = clips.map((clip) => ({ clip, key: sortKey(clip, indexed.get(clip.media)?.source ?? null, order) }));
  return keyed.toSorted((a, b) => compareKeys(a.key, b.key, natural)).map(({ clip }) => clip);
}

type SortKey = readonly (string | number | null)[];

function sortKey(clip: Clip, source: Source | null, order: SortOrder): SortKey {
  switch (order) {
    case 'name': return [clip.name];
    case 'scene': return [clip.scene, clip.take, clip.name];
    case 'date': return [source ? (source.created ? Date.parse(source.created) : source.modifiedMs) : null, clip.name];
    case 'timecode': {
      const start = source?.timecode;
      return [start ? (start.frame * start.rate.den) / start.rate.num : null, clip.name];
    }
  }
}

function compareKeys(a: SortKey, b: SortKey, natural: (a: string | number, b: string | number) => number): number {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] ?? null;
    const right = b[i] ?? null;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    const difference = typeof left === 'number' && typeof right === 'number' ? left - right : natural(left, right);
    if (difference !== 0) return difference;
  }
  return 0;
}
