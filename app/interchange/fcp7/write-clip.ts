/** A clip, a generator or a nested timeline as a `clipitem` or `generatoritem`. */
import { atRate, commonRate, scaleFloor, type Rational } from '../../domain/rational.ts';
import { writeSlopeOffsetPower } from '../cdl.ts';
import type { DocumentClip, DocumentStack, Effect, Time } from '../document.ts';
import { asNumber, asObject, asString } from '../json.ts';
import { element, fromJson, textElement, type XmlElement } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { tracksOf, type Placed } from '../xml/place.ts';
import { Notes } from '../xml/notes.ts';
import { writeLevels, writeSpeed } from './filters.ts';
import { writeMarker } from './markers.ts';
import { clipIn, leastLength, lengthOf, sourceStart, toldLength, type SourceClock } from './source.ts';
import { framesOfTicks, readRate, writeRate } from './values.ts';
import { mediaRate, writeMedia } from './write-media.ts';
import type { Fcp7Writing } from './writing.ts';

/** Frames that transitions reach into it; null: none lies there. */
export type Handles = { readonly before: number | null; readonly after: number | null };
type Surroundings = {
  readonly rate: Rational;
  /** What a clip that tells no rate inherits. */
  readonly inherited: Rational;
  readonly writing: Fcp7Writing;
  readonly writeNested: (stack: DocumentStack) => XmlElement;
};

/** The clip, its id, and how far the transition before it reaches back: less than asked where the media begin too late. */
export function writeClip({ item, start, duration }: Placed<DocumentClip | DocumentStack>, wanted: Handles, around: Surroundings): { readonly clip: XmlElement; readonly id: string; readonly before: number | null } {
  const { writing } = around;
  const kept = new Kept(item.metadata['fcp7']);
  const isFresh = !asObject(item.metadata['fcp7']);
  const own = readRate(element('clipitem', {}, kept.elements));
  const clipRate = own ?? (isFresh && item.kind === 'clip' ? mediaRate(item.media) : null) ?? around.inherited;
  const speed = item.effects.find((effect) => effect.kind === 'speed') ?? null;
  const source = item.kind === 'clip' ? writeMedia(item, clipRate, writing) : { file: null, base: { value: 0, rate: clipRate }, length: lengthOf(tracksOf(item.tracks), clipRate, speed) };
  const told: SourceClock = {
    sequenceRate: around.rate, clipRate, base: source.base, length: source.length ?? toldLength(kept.child('duration'), clipRate, speed), speed, shown: duration,
  };
  const least = isFresh && !told.length ? leastLength(startOf(item, told), wanted.before ?? 0, told) : null;
  if (least) writing.losses.add(item.name, 'plays backward, counted from the end of its media, whose length is not known: they are taken to end where it begins');
  const clock = least ? { ...told, length: least } : told;
  const isGenerator = item.kind === 'clip' && item.media.kind === 'generator';
  const asked = sourceFrames(item, kept, duration, wanted, clock);
  const lack = asked.in < 0 && !isGenerator ? Math.min(wanted.before ?? 0, Math.ceil(scaleFloor(-asked.in * 1000, around.rate.num * clipRate.den, around.rate.den * clipRate.num) / 1000)) : 0;
  const handles = { ...wanted, before: wanted.before === null ? null : wanted.before - lack };
  if (lack > 0) writing.losses.add(item.name, 'has too few frames before it for its transition, which is shortened');
  const found = lack > 0 ? sourceFrames(item, kept, duration, handles, clock) : asked;
  // What lies before the media cannot be named: the clip begins with its first frame.
  const missing = found.in < 0 && wanted.before === null ? Math.min(atRate(-found.in, clipRate, around.rate), duration - 1) : 0;
  if (missing > 0) writing.losses.add(item.name, 'begins before its media: those frames are left out');
  const frames = { in: missing > 0 ? 0 : found.in, out: found.out };
  const id = writing.id(kept.text('id'), isGenerator ? 'generatoritem' : 'clipitem');
  const clip = element(isGenerator ? 'generatoritem' : 'clipitem', { id: isFresh || kept.text('id') !== null ? id : null, ...kept.attributes }, [
    textElement('name', item.name), textElement('enabled', item.isEnabled ? 'TRUE' : 'FALSE'),
    ...(isFresh ? [textElement('duration', clock.length ? atRate(clock.length.value, clock.length.rate, clipRate) : frames.out), writeRate(clipRate)] : []),
    textElement('start', handles.before === null ? start + missing : -1), textElement('end', handles.after === null ? start + duration : -1),
    textElement('in', frames.in), textElement('out', frames.out), ...ticks(kept, frames, clipRate),
    speed?.num === 0 && !asObject(speed.metadata['fcp7']) ? textElement('stillframe', 'TRUE') : null,
    ...kept.elements,
    source.file, item.kind === 'stack' ? around.writeNested(item) : isGenerator ? writeGenerator(item) : null,
    ...writeEffects(item, kept, writing), ...kept.list('links').map(writeLink), ...item.markers.map((marker) => writeMarker(marker, clipRate, source.base)),
    writeLogging(item, kept), writeGrade(item, kept),
  ]);
  return { clip, id, before: handles.before };
}

/** What was read is given back where it still says the same. */
function sourceFrames(item: DocumentClip | DocumentStack, kept: Kept, duration: number, handles: Handles, clock: SourceClock): { readonly in: number; readonly out: number } {
  const before = handles.before ?? 0;
  const start = startOf(item, clock);
  const wanted = asNumber(kept.json['in']);
  const computed = clipIn(start, before, clock);
  const isSame = wanted !== null && sameTime(sourceStart(wanted, before, clock), start);
  const first = isSame ? wanted : item.kind === 'clip' && item.media.kind === 'generator' ? Math.max(0, computed) : computed;
  const length = duration + before + (handles.after ?? 0);
  const odd = asObject(kept.json['sourceLength']);
  const source = asNumber(odd?.['of']) === length ? asNumber(odd?.['is']) : null;
  return { in: first, out: first + (source ?? atRate(length, clock.sequenceRate, clock.clipRate)) };
}

/** On the media's own clock. */
function startOf(item: DocumentClip | DocumentStack, { base }: SourceClock): Time {
  const range = item.range ?? (item.kind === 'clip' ? item.media.available : null);
  return range ? { value: range.start, rate: range.rate } : base;
}

function ticks(kept: Kept, frames: { readonly in: number; readonly out: number }, rate: Rational): XmlElement[] {
  const said = asObject(kept.json['ticks']);
  return (['in', 'out'] as const).flatMap((name) => {
    const text = asString(said?.[name]);
    return text !== null && framesOfTicks(text, rate) === frames[name] ? [textElement(name === 'in' ? 'pproTicksIn' : 'pproTicksOut', text)] : [];
  });
}

function writeEffects(item: DocumentClip | DocumentStack, kept: Kept, writing: Fcp7Writing): XmlElement[] {
  const one = (effect: Effect): XmlElement | null => {
    const own = new Kept(effect.metadata['fcp7']);
    if (effect.kind === 'cdl' || (effect.kind === 'speed' && effect.num === 0 && !asObject(effect.metadata['fcp7']))) return null;
    if (effect.kind === 'speed') return writeSpeed(effect, own, new Notes());
    const filter = fromJson(own.json['filter']);
    if (!filter) writing.losses.add(item.name, `the effect ${JSON.stringify(effect.name)} is left out`);
    return filter;
  };
  for (const kind of ['speed', 'cdl'] as const) {
    if (item.effects.filter((effect) => effect.kind === kind).length > 1) writing.losses.add(item.name, kind === 'cdl' ? 'has several grades: the first is written' : 'has several speeds: the first decides where the media begin');
  }
  return [...item.effects.map(one), item.kind === 'clip' ? writeLevels(item.gain, kept) : null].filter((filter) => filter !== null);
}

function writeGenerator({ media }: DocumentClip): XmlElement | null {
  if (media.kind !== 'generator') return null;
  const kept = fromJson(asObject(media.metadata['fcp7'])?.['effect']);
  const id = media.generator === 'black' ? 'Slug' : media.generator === 'bars' ? 'Bars and Tone (NTSC)' : 'Text';
  return kept ?? element('effect', {}, [
    textElement('name', media.name || id), textElement('effectid', id), textElement('effectcategory', 'Video Generators'), textElement('effecttype', 'generator'), textElement('mediatype', 'video'),
  ]);
}

function writeLink(json: unknown): XmlElement | null {
  const link = asObject(json);
  const ref = asString(link?.['ref']);
  const group = asString(link?.['group']);
  return ref === null ? null : element('link', {}, [textElement('linkclipref', ref), group === null ? null : textElement('groupindex', group)]);
}

function writeLogging(item: DocumentClip | DocumentStack, kept: Kept): XmlElement | null {
  const rest = asObject(kept.json['logging']);
  const said = item.kind === 'clip' ? { scene: item.scene, shottake: item.take, lognote: item.note } : {};
  const texts = Object.entries(said).flatMap(([name, text]) => (text === null ? [] : [textElement(name, text)]));
  const more = new Kept(rest);
  return rest || texts.length > 0 ? element('logginginfo', more.attributes, [...texts, ...more.elements]) : null;
}

function writeGrade(item: DocumentClip | DocumentStack, kept: Kept): XmlElement | null {
  const rest = asObject(kept.json['grade']);
  const cdl = item.effects.find((effect) => effect.kind === 'cdl');
  const more = new Kept(rest);
  if (!cdl && !rest) return null;
  return element('colorinfo', more.attributes, [...(cdl ? [textElement('asc_sop', writeSlopeOffsetPower(cdl)), textElement('asc_sat', String(cdl.saturation))] : []), ...more.elements]);
}

function sameTime(a: Time, b: Time): boolean {
  const rate = commonRate(a.rate, b.rate);
  return atRate(a.value, a.rate, rate) === atRate(b.value, b.rate, rate);
}
