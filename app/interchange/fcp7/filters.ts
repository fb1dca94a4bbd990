/** Filters of a clip: speed, sound level; every other one is kept as it stands. */
import { greatestCommonDivisor } from '../../domain/rational.ts';
import type { Effect } from '../document.ts';
import { childOf, element, elementsOf, fromJson, textAt, textElement, toJson, type XmlElement } from '../xml/element.ts';
import type { Kept } from '../xml/kept.ts';
import type { Notes } from '../xml/notes.ts';
import { readDecimal, readFlag, readFrames } from './values.ts';

export type Speed = { readonly num: number; readonly den: number };
export type Fcp7Filters = {
  readonly effects: readonly Effect[];
  readonly speed: Speed | null;
  /** Decibels, and the filter that says so. */
  readonly gain: number;
  readonly levels: XmlElement | null;
};

/** Per cent; a hundred times what editors offer. */
const fastest = 1_000_000;
/** What stands for silence: the model has no minus infinity. */
const silence = -144;

export function readFilters(clip: XmlElement, notes: Notes): Fcp7Filters {
  const effects: Effect[] = [];
  let speed: Speed | null = null;
  let gain = 0;
  let levels: XmlElement | null = null;
  for (const filter of elementsOf(clip, 'filter')) {
    const effect = childOf(filter, 'effect');
    const id = textAt(effect, 'effectid')?.toLowerCase();
    const name = textAt(effect, 'name') ?? id ?? '';
    const isOn = readFlag(textAt(filter, 'enabled'), true);
    const read: Speed | null = id === 'timeremap' && isOn && speed === null ? readSpeed(filter, notes) : null;
    const level: number | null = id === 'audiolevels' && isOn && levels === null ? levelOf(filter) : null;
    if (read) {
      speed = read;
      effects.push({ kind: 'speed', ...read, name, metadata: { fcp7: { filter: toJson(filter) } } });
    } else if (level !== null) {
      gain = decibels(level);
      levels = filter;
    } else {
      if (isOn) notes.add(`the filter ${JSON.stringify(name)} is kept and not rendered`, filter);
      effects.push({ kind: 'other', name, metadata: { fcp7: { filter: toJson(filter) } } });
    }
  }
  if (clip.name === 'clipitem' && speed === null && readFlag(textAt(clip, 'stillframe'), false)) {
    speed = { num: 0, den: 1 };
    effects.push({ kind: 'speed', ...speed, name: 'Still Frame', metadata: {} });
  }
  return { effects, speed, gain, levels };
}

/** Null where the filter changes nothing that is understood. */
function readSpeed(filter: XmlElement, notes: Notes): Speed | null {
  const speed = parameter(filter, 'speed');
  const text = textAt(speed, 'value');
  const value = fraction(text);
  if (!value) return null;
  if (Math.abs(value.num) > fastest * value.den) return null;
  const isReverse = readFlag(textAt(parameter(filter, 'reverse'), 'value'), false);
  const average = readFlag(textAt(parameter(filter, 'variablespeed'), 'value'), false) ? averageSpeed(parameter(filter, 'graphdict')) : null;
  if (average) {
    notes.add('has a speed that varies: its average is used', filter);
    return average;
  }
  // Per cent, but some programs write the bare factor, and no limits with it.
  const isFactor = !childOf(speed, 'valuemax') && Math.abs(value.num) < 10 * value.den;
  if (isFactor) notes.add(`a speed of ${text} is read as that factor, not as per cent`, filter);
  const { num, den } = reduced(value.num, isFactor ? value.den : value.den * 100);
  return { num: isReverse && num > 0 ? -num : num, den };
}

/** Between the first and last key of the curve. */
function averageSpeed(graph: XmlElement | null): Speed | null {
  const keys = graph ? elementsOf(graph, 'keyframe').map((key) => ({ when: readFrames(childOf(key, 'when')), value: readFrames(childOf(key, 'value')) })) : [];
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last || first.when === null || last.when === null || first.value === null || last.value === null || last.when <= first.when) return null;
  return reduced(last.value - first.value, last.when - first.when);
}

/** The filter that says this speed: the kept one where it does. */
export function writeSpeed(effect: Extract<Effect, { kind: 'speed' }>, kept: Kept, notes: Notes): XmlElement {
  const filter = fromJson(kept.json['filter']);
  const said = filter && readSpeed(filter, notes);
  if (filter && said && said.num * effect.den === effect.num * said.den) return filter;
  const value = (Math.abs(effect.num) * 100) / effect.den;
  return effectFilter('Time Remap', 'timeremap', 'motion', 'video', [
    limited('variablespeed', '0', '0', '1'), limited('speed', String(Number(value.toFixed(6))), '-100000', '100000'),
    element('parameter', {}, [textElement('parameterid', 'reverse'), textElement('name', 'reverse'), textElement('value', effect.num < 0 ? 'TRUE' : 'FALSE')]),
    element('parameter', {}, [textElement('parameterid', 'frameblending'), textElement('name', 'frameblending'), textElement('value', 'FALSE')]),
  ]);
}

/** Null where the clip is as loud as recorded and no filter was kept. */
export function writeLevels(gain: number, kept: Kept): XmlElement | null {
  const filter = fromJson(kept.json['levels']);
  const said = filter && levelOf(filter);
  if (filter && said !== null && decibels(said) === gain) return filter;
  if (gain === 0) return null;
  return effectFilter('Audio Levels', 'audiolevels', 'audiolevels', 'audio', [limited('level', String(gain <= silence ? 0 : 10 ** (gain / 20)), '0', '3.98109')]);
}

/** The steady level of a sound filter, a factor; null where it moves. */
function levelOf(filter: XmlElement): number | null {
  const level = parameter(filter, 'level');
  if (!level || childOf(level, 'keyframe')) return null;
  const value = readDecimal(textAt(level, 'value'));
  return value !== null && value >= 0 ? value : null;
}

function decibels(level: number): number {
  return level === 0 ? silence : Math.max(silence, Math.round(20 * Math.log10(level) * 1e6) / 1e6) || 0;
}

function parameter(filter: XmlElement, id: string): XmlElement | null {
  const effect = childOf(filter, 'effect');
  return effect ? (elementsOf(effect, 'parameter').find((item) => textAt(item, 'parameterid') === id) ?? null) : null;
}

function effectFilter(name: string, id: string, category: string, mediaType: string, parameters: readonly XmlElement[]): XmlElement {
  return element('filter', {}, [element('effect', {}, [
    textElement('name', name), textElement('effectid', id), textElement('effectcategory', category),
    textElement('effecttype', category), textElement('mediatype', mediaType), ...parameters,
  ])]);
}

function limited(id: string, value: string, min: string, max: string): XmlElement {
  return element('parameter', {}, [textElement('parameterid', id), textElement('name', id), textElement('valuemin', min), textElement('valuemax', max), textElement('value', value)]);
}

/** A decimal as the fraction that it is. */
function fraction(text: string | null): Speed | null {
  const match = /^([-+]?\d*)(?:\.(\d{0,9})\d*)?$/.exec(text ?? '');
  if (!match || !/\d/.test(text ?? '')) return null;
  const digits = match[2] ?? '';
  const num = Number(`${match[1]}${digits}`);
  return Number.isSafeInteger(num) ? { num, den: 10 ** digits.length } : null;
}

function reduced(num: number, den: number): Speed {
  const divisor = greatestCommonDivisor(Math.abs(num), den) || 1;
  return { num: num / divisor || 0, den: den / divisor };
}
