/**
 * A track: clips at absolute places become items one after another. Beside a transition a clip's start or end of -1 means that it reaches to the
 * transition's far end; in the model both clips meet at the cut.
 */
import { atRate, type Rational } from '../../domain/rational.ts';
import type { DocumentItem, DocumentTrack } from '../document.ts';
import { attributeOf, childOf, elementsOf, textAt, type XmlElement } from '../xml/element.ts';
import { keepRest } from '../xml/kept.ts';
import { readClip, readInOut, type Fcp7Place } from './read-clip.ts';
import type { Fcp7Reading } from './reading.ts';
import { readSpan, readTransition, type Fcp7Transition } from './transitions.ts';
import { readFlag, readFrames, readRate } from './values.ts';

type Entry =
  | { readonly kind: 'clip'; readonly item: XmlElement; readonly start: number | null; readonly end: number | null; readonly length: number | null }
  | { readonly kind: 'transition'; readonly item: XmlElement; readonly span: Fcp7Transition };
type Laid =
  | { readonly kind: 'clip'; readonly item: XmlElement; readonly at: number; readonly place: Fcp7Place }
  | { readonly kind: 'transition'; readonly item: XmlElement; readonly at: number; readonly span: Fcp7Transition };

const understood = { attributes: ['MZ.TrackName'], children: ['clipitem', 'generatoritem', 'transitionitem', 'enabled'] };

/** One track, and further ones for clips that overlap. `rate` is the sequence's. */
export function readTrack(track: XmlElement, type: 'video' | 'audio', rate: Rational, reading: Fcp7Reading): DocumentTrack[] {
  const clipRate = readRate(track) ?? rate;
  const laid = layOut(entriesOf(track, rate, clipRate, reading), reading);
  const first: DocumentTrack = {
    kind: 'track', type, name: textAt(track, 'name') ?? attributeOf(track, 'MZ.TrackName') ?? '', isEnabled: readFlag(textAt(track, 'enabled'), true),
    items: [], range: null, markers: [], effects: [], metadata: metadataOf(track),
  };
  const tracks: DocumentTrack[] = [];
  for (let left = laid; left.length > 0;) {
    const row = oneAfterAnother(left, rate, clipRate, reading);
    if (tracks.length === 1) reading.notes.add('has clips that overlap: the later ones are put on a track of their own', track);
    tracks.push({ ...(tracks.length === 0 ? first : { ...first, name: '', metadata: {} }), items: row.items });
    left = row.left;
  }
  return tracks.length === 0 ? [first] : tracks;
}

function metadataOf(track: XmlElement): DocumentTrack['metadata'] {
  const rest = keepRest(track, understood);
  return Object.keys(rest).length > 0 ? { fcp7: rest } : {};
}

function entriesOf(track: XmlElement, rate: Rational, trackRate: Rational, reading: Fcp7Reading): Entry[] {
  return elementsOf(track).flatMap((item): Entry[] => {
    if (item.name === 'transitionitem') {
      const span = readSpan(item, rate);
      if (!span) reading.notes.add('has no length or place and is left out', item);
      return span ? [{ kind: 'transition', item, span }] : [];
    }
    if (item.name !== 'clipitem' && item.name !== 'generatoritem') return [];
    const place = (name: string): number | null => {
      const frames = readFrames(childOf(item, name));
      return frames !== null && frames >= 0 ? frames : null;
    };
    const clipRate = readRate(item) ?? trackRate;
    const source = readInOut(item, clipRate);
    return [{ kind: 'clip', item, start: place('start'), end: place('end'), length: source.out === null ? null : atRate(source.out - source.in, clipRate, rate) }];
  });
}

function layOut(entries: readonly Entry[], reading: Fcp7Reading): Laid[] {
  let last = 0;
  const laid = entries.flatMap((entry, index): Laid[] => {
    const [before, after] = [entries[index - 1], entries[index + 1]];
    if (entry.kind === 'transition') {
      const { span } = entry;
      return [{ kind: 'transition', item: entry.item, at: cutOf(span, before, after), span }];
    }
    const leading = before?.kind === 'transition' ? before.span : null;
    const trailing = after?.kind === 'transition' ? after.span : null;
    const known = { start: entry.start ?? leading?.start ?? null, end: entry.end ?? trailing?.end ?? null };
    const rawStart = known.start ?? (known.end !== null && entry.length !== null ? known.end - entry.length : last);
    const rawEnd = known.end ?? rawStart + (entry.length ?? 0);
    const head = leading ? cutOf(leading, entries[index - 2], entry) : rawStart;
    const tail = trailing ? cutOf(trailing, entry, entries[index + 2]) : rawEnd;
    const place = { rawStart, rawEnd, start: within(head, rawStart, rawEnd) ? head : rawStart, end: within(tail, rawStart, rawEnd) ? tail : rawEnd };
    last = place.end;
    if (place.end > place.start && rawStart >= 0) return [{ kind: 'clip', item: entry.item, at: place.start, place }];
    reading.notes.add('has no length, or lies before the start, and is left out', entry.item);
    return [];
  });
  // At one frame a transition stands before the clip that begins there.
  return laid.toSorted((a, b) => a.at - b.at || Number(a.kind === 'clip') - Number(b.kind === 'clip'));
}

/** A clip that tells its own end inside the transition tells the cut; a transition with a clip on one side only has it at that clip's edge. */
function cutOf(span: Fcp7Transition, before: Entry | undefined, after: Entry | undefined): number {
  const end = before?.kind === 'clip' ? before.end : undefined;
  const start = after?.kind === 'clip' ? after.start : undefined;
  const isLeft = end === null || (end !== undefined && within(end, span.start, span.end));
  const isRight = start === null || (start !== undefined && within(start, span.start, span.end));
  if (!isLeft && isRight) return span.start;
  if (isLeft && !isRight) return span.end;
  if (typeof end === 'number' && typeof start === 'number' && isLeft) return end === start ? end : span.cut;
  if (isLeft && typeof end === 'number') return end;
  return isRight && typeof start === 'number' ? start : span.cut;
}

function within(frame: number, start: number, end: number): boolean {
  return frame >= start && frame <= end;
}

/** The items that fit into one row, gaps between them, and those that overlap. */
function oneAfterAnother(laid: readonly Laid[], rate: Rational, clipRate: Rational, reading: Fcp7Reading): { items: DocumentItem[]; left: Laid[] } {
  const items: DocumentItem[] = [];
  const left: Laid[] = [];
  let at = 0;
  for (const entry of laid) {
    if (entry.at < at) {
      if (entry.kind === 'clip') left.push(entry);
      else reading.notes.add('lies where no cut is and is left out', entry.item);
      continue;
    }
    if (entry.at > at) items.push({ kind: 'gap', name: '', isEnabled: true, duration: { value: entry.at - at, rate }, effects: [], markers: [], metadata: {} });
    at = entry.at;
    if (entry.kind === 'transition') {
      items.push(readTransition(entry.span, entry.at, rate));
    } else {
      items.push(readClip(entry.item, entry.place, rate, clipRate, reading));
      at = entry.place.end;
    }
  }
  return { items, left };
}
