/** Media as a `file`: defined once, referred to by id after that. */
import { atRate, commonRate, type Rational } from '../../domain/rational.ts';
import { formatTimecode } from '../../domain/timecode.ts';
import type { DocumentClip, MediaReference, Time } from '../document.ts';
import { element, fromJson, textElement, type XmlElement } from '../xml/element.ts';
import { fileUrl, firstFile } from '../xml/file-url.ts';
import { Kept } from '../xml/kept.ts';
import { isFrameRate } from '../xml/timeline-rate.ts';
import { isDropFrame, readBase } from './read-media.ts';
import { isWritableRate, readRate, writeRate } from './values.ts';
import type { Fcp7Writing } from './writing.ts';

/** As Final Cut Pro 7 and Premiere write it. */
const root = 'file://localhost';

export type WrittenMedia = { readonly file: XmlElement | null; readonly base: Time; readonly length: Time | null };

/** `clipRate` is what a file that tells no rate inherits. */
export function writeMedia(clip: DocumentClip, clipRate: Rational, writing: Fcp7Writing): WrittenMedia {
  const { media } = clip;
  const kept = new Kept(media.metadata['fcp7']);
  const isFresh = kept.text('id') === null && kept.elements.length === 0;
  const own = readRate(element('file', {}, kept.elements));
  const rate = own ?? (isFresh ? mediaRate(media) : null) ?? clipRate;
  const { available } = media;
  const timecode = fromJson(kept.json['timecode']);
  const said = timecode && readBase(timecode, rate);
  const base = available ? { value: available.start, rate: available.rate } : (said ?? { value: 0, rate });
  const length = available && { value: available.duration, rate: available.rate };
  if (media.kind === 'missing' && kept.text('id') === null && !available && media.name === clip.name) return { file: null, base, length };
  const url = urlOf(media);
  if (media.kind === 'sequence') writing.losses.add(clip.name, 'is an image sequence: only its first file is named');
  const file = writing.once('file', [media, clip.reel], kept.text('id'), (id) => element('file', { id, ...kept.attributes }, [
    textElement('name', media.name || nameOf(url ?? '')), url === null ? null : textElement('pathurl', url),
    ...(isFresh ? [writeRate(rate)] : []), length && length.value > 0 ? textElement('duration', atRate(length.value, length.rate, rate)) : null,
    writeTimecode(timecode && said && sameTime(said, base) ? timecode : null, base, rate, clip.reel, isFresh, isDropFrame(timecode)),
    ...kept.elements, isFresh ? mediaPart(media, writing) : null,
  ]));
  return { file, base, length };
}

/** Null where it counts at no rate that xmeml can say: seconds, samples. */
export function mediaRate(media: MediaReference): Rational | null {
  const rate = media.available?.rate;
  return rate && isFrameRate(rate) && isWritableRate(rate) ? rate : null;
}

function writeTimecode(kept: XmlElement | null, base: Time, rate: Rational, reelName: string | null, isFresh: boolean, dropFrame: boolean): XmlElement | null {
  const reel = reelName === null ? null : element('reel', {}, [textElement('name', reelName)]);
  if (kept) return { ...kept, children: reel ? [...kept.children, reel] : kept.children };
  if (!isFresh && !reel && base.value === 0) return null;
  const frame = atRate(base.value, base.rate, rate);
  return element('timecode', {}, [
    writeRate(rate), textElement('string', formatTimecode(frame, rate, dropFrame)), textElement('frame', frame), textElement('displayformat', dropFrame ? 'DF' : 'NDF'), reel,
  ]);
}

function urlOf(media: MediaReference): string | null {
  return media.kind === 'file' ? fileUrl(media.url, root) : media.kind === 'sequence' ? fileUrl(firstFile(media), root) : null;
}

function nameOf(url: string): string {
  return url.split(/[\\/]/).at(-1) ?? url;
}

function mediaPart(media: MediaReference, writing: Fcp7Writing): XmlElement {
  const uses = writing.usesOf(media);
  return element('media', {}, [uses.has('audio') && !uses.has('video') ? null : element('video'), uses.has('audio') ? element('audio') : null]);
}

function sameTime(a: Time, b: Time): boolean {
  const rate = commonRate(a.rate, b.rate);
  return atRate(a.value, a.rate, rate) === atRate(b.value, b.rate, rate);
}
