/** A `transitionitem`: from where to where it lies on the sequence, and at which frame of it the cut is. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentTransition } from '../document.ts';
import { childOf, element, textAt, textElement, type XmlElement } from '../xml/element.ts';
import { Kept, keepRest } from '../xml/kept.ts';
import type { PlacedTransition } from '../xml/place.ts';
import { framesOfTicks, readFrames, ticksOfFrames, writeRate } from './values.ts';

export type Fcp7Transition = { readonly item: XmlElement; readonly start: number; readonly end: number; readonly cut: number };

/** Null where it has no length. The cut may turn out to lie elsewhere: clips beside it that tell their own ends know better. */
export function readSpan(item: XmlElement, rate: Rational): Fcp7Transition | null {
  const [start, end] = [readFrames(childOf(item, 'start')), readFrames(childOf(item, 'end'))];
  if (start === null || end === null || start < 0 || end <= start) return null;
  const cut = framesOfTicks(textAt(item, 'cutPointTicks'), rate);
  return { item, start, end, cut: cut !== null && cut >= 0 && cut <= end - start ? start + cut : start + aligned(textAt(item, 'alignment'), end - start) };
}

/** From the transition's first frame; it is centred where the file does not say. */
function aligned(alignment: string | null, length: number): number {
  if (alignment?.startsWith('start') === true) return 0;
  return alignment?.startsWith('end') === true ? length : Math.floor(length / 2);
}

const understood = { children: ['start', 'end', 'alignment', 'cutPointTicks', 'rate'] };

export function readTransition({ item, start, end }: Fcp7Transition, cut: number, rate: Rational): DocumentTransition {
  const effect = childOf(item, 'effect');
  const alignment = textAt(item, 'alignment');
  return {
    kind: 'transition', name: textAt(effect, 'name') ?? '', type: typeOf(effect), before: { value: cut - start, rate }, after: { value: end - cut, rate },
    metadata: { fcp7: { ...keepRest(item, understood), ...(alignment === null ? {} : { alignment }), ...(childOf(item, 'cutPointTicks') ? { hasTicks: true } : {}) } },
  };
}

function typeOf(effect: XmlElement | null): DocumentTransition['type'] {
  const words = ['name', 'effectid', 'effectcategory'].map((part) => textAt(effect, part)?.toLowerCase() ?? '').join(' ');
  const wipe = readFrames(childOf(effect, 'wipecode')) ?? 0;
  if (/dissolve|cross\s?fade/.test(words)) return { kind: 'dissolve' };
  if (wipe > 0 || /\bwipe\b/.test(words)) return { kind: 'wipe', number: wipe > 0 ? wipe : 1 };
  return { kind: 'other' };
}

export function writeTransition({ item, start, before, after }: PlacedTransition, rate: Rational, mediaType: 'video' | 'audio'): XmlElement {
  const kept = new Kept(item.metadata['fcp7']);
  const length = before + after;
  const own = kept.text('alignment');
  const fresh = before === 0 ? 'start' : after === 0 ? 'end' : 'center';
  const alignment = own !== null && (aligned(own, length) === before || kept.json['hasTicks'] === true) ? own : fresh;
  // Alignment alone cannot say a cut that is neither at an end nor in the middle.
  const ticks = kept.json['hasTicks'] === true || aligned(alignment, length) !== before ? textElement('cutPointTicks', ticksOfFrames(before, rate)) : null;
  const effect = kept.child('effect');
  return element('transitionitem', kept.attributes, [
    textElement('start', start - before), textElement('end', start + after), textElement('alignment', alignment), ticks, writeRate(rate),
    effect ? null : writeEffect(item, mediaType), ...kept.elements.map((part) => (part === effect && !sameType(effect, item) ? writeEffect(item, mediaType) : part)),
  ]);
}

function sameType(effect: XmlElement, item: DocumentTransition): boolean {
  return JSON.stringify(typeOf(effect)) === JSON.stringify(item.type);
}

function writeEffect({ name, type }: DocumentTransition, mediaType: 'video' | 'audio'): XmlElement {
  const isSound = mediaType === 'audio';
  const kind = type.kind === 'wipe' ? { name: 'Edge Wipe', category: 'Wipe' } : isSound ? { name: 'Cross Fade (+3dB)', category: 'Dissolve' } : { name: 'Cross Dissolve', category: 'Dissolve' };
  return element('effect', {}, [
    textElement('name', type.kind === 'dissolve' && !isSound && name ? name : kind.name), textElement('effectid', kind.name), textElement('effectcategory', kind.category),
    textElement('effecttype', 'transition'), textElement('mediatype', mediaType), textElement('wipecode', type.kind === 'wipe' ? type.number : 0),
    textElement('wipeaccuracy', 100), textElement('startratio', 0), textElement('endratio', 1), textElement('reverse', 'FALSE'),
  ]);
}
