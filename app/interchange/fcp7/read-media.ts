/** A `file`: where the media are, how long, and the timecode of their first frame. */
import { atRate, commonRate, type Rational } from '../../domain/rational.ts';
import { nominalRate, parseTimecode } from '../../domain/timecode.ts';
import type { MediaReference, Time } from '../document.ts';
import { attributeOf, childOf, textAt, toJson, type XmlElement } from '../xml/element.ts';
import { compact, keepRest } from '../xml/kept.ts';
import { defined, type Fcp7Reading } from './reading.ts';
import { readFrames, readRate } from './values.ts';

export type Fcp7Media = {
  readonly media: MediaReference;
  /** What the media's clock shows at their first frame. */
  readonly base: Time;
  readonly length: Time | null;
  readonly reel: string | null;
};

const understood = { attributes: ['id'], children: ['name', 'pathurl', 'duration', 'timecode'] };

/** `file` may be a reference by id. Rates that are missing are the clip's. */
export function readMedia(file: XmlElement | null, clipName: string, clipRate: Rational, reading: Fcp7Reading): Fcp7Media {
  const found = defined(file, reading.files);
  if (!found) {
    if (file) reading.notes.add('refers to a file that is defined nowhere: its media are missing', file);
    const id = file ? attributeOf(file, 'id') : null;
    return {
      media: { kind: 'missing', name: clipName, available: null, metadata: id === null ? {} : { fcp7: { id } } },
      base: { value: 0, rate: clipRate }, length: null, reel: null,
    };
  }
  const rate = readRate(found) ?? clipRate;
  const timecode = childOf(found, 'timecode');
  const base = readBase(timecode, rate);
  const frames = readFrames(childOf(found, 'duration'));
  const length = frames !== null && frames > 0 ? { value: frames, rate } : null;
  const clock = commonRate(rate, base.rate);
  const available = length && { start: atRate(base.value, base.rate, clock), duration: atRate(length.value, rate, clock), rate: clock };
  const url = textAt(found, 'pathurl');
  const name = textAt(found, 'name') ?? '';
  // The reel belongs to the clip in the model.
  const bare = timecode && { ...timecode, children: timecode.children.filter((child) => typeof child !== 'object' || !('name' in child) || child.name !== 'reel') };
  const metadata = { fcp7: compact({ id: attributeOf(found, 'id'), ...keepRest(found, understood), timecode: bare && toJson(bare) }) };
  return {
    media: url === null ? { kind: 'missing', name, available, metadata } : { kind: 'file', url, name, available, metadata },
    base, length, reel: textAt(timecode, 'reel', 'name'),
  };
}

/** Of a `timecode`: zero where there is none. */
export function readBase(timecode: XmlElement | null, rate: Rational): Time {
  const own = readRate(timecode) ?? rate;
  // 29.97 media whose labels are said to count at 30 do count whole frames.
  const clock = nominalRate(own) === nominalRate(rate) ? rate : own;
  const label = textAt(timecode, 'string') ?? '';
  const frame = readFrames(childOf(timecode, 'frame')) ?? parseTimecode(label, own, isDropFrame(timecode));
  return { value: frame ?? 0, rate: clock };
}

export function isDropFrame(timecode: XmlElement | null): boolean {
  return textAt(timecode, 'displayformat') === 'DF';
}
