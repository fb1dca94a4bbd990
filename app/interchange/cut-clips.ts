/** A document's clips as cuts are compared: where they stand, and what of their media they show. */
import type { Cut } from '../domain/diff/diff-cuts.ts';
import type { CutClip } from '../domain/diff/model.ts';
import { atRate, rational, type Rational } from '../domain/rational.ts';
import { isPictureRate } from '../domain/relink/coverage.ts';
import type { DocumentItem, Effect, Time, TimelineDocument } from './document.ts';
import { addTimes, itemDuration } from './measure.ts';
import { sourceSpan } from './source-span.ts';
import { summarise } from './summary.ts';
import { addressOf } from './wanted-media.ts';

type Place = Pick<CutClip, 'index' | 'kind' | 'track' | 'start' | 'length'>;

/** Black takes no part. Clips and nested timelines are numbered together, track by track. */
export function cutClips(document: TimelineDocument): Cut {
  const { rate: own } = summarise(document);
  const rate = own && isPictureRate(own) ? own : rational(24);
  const clips: CutClip[] = [];
  let index = 0;
  const counts = { video: 0, audio: 0 };
  for (const track of document.tracks) {
    const kind = track.type === 'video' ? 'picture' : 'sound';
    const number = counts[track.type]++;
    for (const { item, start, length } of placed(track.items, rate)) {
      if (!isShown(item)) continue;
      const clip = clipOf(item, { index: index++, kind, track: number, start, length }, track.isEnabled);
      if (clip) clips.push(clip);
    }
  }
  return { rate, clips };
}

/** What is compared, or stands for itself in an export of what changed. */
export function isShown(item: DocumentItem): boolean {
  return item.kind === 'clip' || item.kind === 'stack' || item.kind === 'track';
}

function placed(items: readonly DocumentItem[], rate: Rational): { readonly item: DocumentItem; readonly start: number; readonly length: number }[] {
  let at: Time = { value: 0, rate };
  return items.map((item) => {
    const start = atRate(at.value, at.rate, rate);
    at = addTimes(at, itemDuration(item) ?? { value: 0, rate });
    return { item, start, length: atRate(at.value, at.rate, rate) - start };
  });
}

/** Null for black. */
function clipOf(item: DocumentItem, place: Place, isTrackEnabled: boolean): CutClip | null {
  if (item.kind === 'stack' || item.kind === 'track') {
    return {
      ...place, name: item.name, isEnabled: isTrackEnabled && item.isEnabled, address: '', fileNames: [], reel: null, range: item.range, available: null, speed: one,
      content: contentOf(item.kind === 'stack' ? item.tracks : [item], nestedRate),
    };
  }
  if (item.kind !== 'clip' || (item.media.kind === 'generator' && item.media.generator === 'black')) return null;
  const { media } = item;
  return {
    ...place, name: item.name, isEnabled: isTrackEnabled && item.isEnabled, address: addressOf(media),
    fileNames: [media.kind === 'generator' ? media.name || media.generator : media.name].filter((text) => text !== ''),
    reel: item.reel, range: sourceSpan(item) ?? media.available, available: media.available, speed: speedOf(item.effects), content: '',
  };
}

/** Any will do, as both cuts are counted at it. */
const nestedRate = rational(24_000);
const one = { num: 1, den: 1 } as const;

/** What is shown when, whatever else a format knows of it. */
function contentOf(layers: readonly DocumentItem[], rate: Rational): string {
  return JSON.stringify(layers.map((layer) => placed(layer.kind === 'track' ? layer.items : [layer], rate).map(({ item, start, length }, index) => (
    isShown(item) ? clipOf(item, { index, kind: 'picture', track: 0, start, length }, true) : null
  )).filter((clip) => clip !== null).map(({ start, length, address, reel, range }) => [start, length, address, reel, range && [range.start, range.duration]])));
}

function speedOf(effects: readonly Effect[]): CutClip['speed'] {
  return effects.reduce<CutClip['speed']>((speed, effect) => (effect.kind === 'speed' ? { num: speed.num * effect.num, den: speed.den * effect.den } : speed), one);
}
