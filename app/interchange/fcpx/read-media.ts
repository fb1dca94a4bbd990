/** An `asset` as media, an `effect` as a generator. */
import type { Rational } from '../../domain/rational.ts';
import type { MediaReference } from '../document.ts';
import { attributeOf, elementsOf, type XmlElement } from '../xml/element.ts';
import { formatRate, type Resources } from './resources.ts';
import { parseSeconds, toRange, zero, type Seconds } from './seconds.ts';

export type FcpxMedia = {
  readonly media: MediaReference;
  /** Of its pictures; null: it tells none. */
  readonly rate: Rational | null;
  /** What its clock shows at its first frame. */
  readonly start: Seconds;
  readonly isSound: boolean;
};

/** `rate` is the timeline's: what stills and sounds are counted at. */
export function readMedia(ref: string | null, name: string, rate: Rational, resources: Resources): FcpxMedia {
  const resource = ref === null ? undefined : resources.get(ref);
  const metadata = ref === null ? {} : { fcpx: { ref } };
  if (resource?.name === 'asset') return readAsset(resource, rate, resources);
  if (ref !== null && !resource) return { media: { kind: 'missing', name, available: null, metadata }, rate: null, start: zero, isSound: false };
  const title = (resource?.name === 'effect' ? attributeOf(resource, 'name') : null) ?? '';
  const generator = /\bbars\b/i.test(title) ? 'bars' : /^black$/i.test(title) ? 'black' : 'other';
  return { media: { kind: 'generator', generator, name: title, available: null, metadata }, rate: null, start: zero, isSound: false };
}

export function readAsset(asset: XmlElement, rate: Rational, resources: Resources): FcpxMedia {
  const own = formatRate(resources, attributeOf(asset, 'format'));
  const start = parseSeconds(attributeOf(asset, 'start')) ?? zero;
  const duration = parseSeconds(attributeOf(asset, 'duration'));
  const representations = elementsOf(asset, 'media-rep');
  const original = representations.find((item) => attributeOf(item, 'kind') !== 'proxy-media') ?? representations[0];
  const url = attributeOf(asset, 'src') ?? (original ? attributeOf(original, 'src') : null) ?? '';
  const isSound = attributeOf(asset, 'hasAudio') === '1' && attributeOf(asset, 'hasVideo') !== '1';
  return {
    media: {
      kind: 'file', url, name: attributeOf(asset, 'name') ?? '', metadata: { fcpx: { ref: attributeOf(asset, 'id') ?? '' } },
      // A still lasts as long as one likes, and says so with a duration of zero.
      available: duration && duration.num > 0n ? toRange(start, duration, own ? [own, rate] : [rate]) : null,
    },
    rate: own, start, isSound,
  };
}
