/** One stretch of a track as the lines of an event. */
import { formatRational, rationalToNumber, sameRational } from '../../domain/rational.ts';
import { droppedLabels, nominalRate } from '../../domain/timecode.ts';
import { writeSlopeOffsetPower, decimal } from '../cdl.ts';
import type { DocumentClip, Marker } from '../document.ts';
import { asNumber, asObject } from '../json.ts';
import type { LossList } from '../losses.ts';
import { isKeyword } from './events.ts';
import { labelOf } from './labels.ts';
import { edlKey, readClipNotes, readOutgoingNotes } from './metadata.ts';
import { outgoingOf, reelOf } from './outgoing.ts';
import type { Segment } from './segments.ts';
import { sourceLabels, speedOf, type RecordClock, type SourceLabels } from './source-labels.ts';
import { writeMedia } from './source-media.ts';
import { shownAt, speedPerSecond } from './spans.ts';

/** All but the channels, which several tracks may share. `start` and `end` are record frames. */
export type WrittenEvent = {
  readonly start: number;
  readonly end: number;
  readonly number: string | null;
  readonly from: { readonly reel: string; readonly source: string } | null;
  readonly reel: string;
  readonly code: string;
  readonly sourceIn: string;
  readonly sourceOut: string;
  /** What FCM must say; null: the source has no drop-frame. */
  readonly isDrop: boolean | null;
  readonly lines: readonly string[];
};

/** `before` ends where this one begins. `origin`: the record's first frame. */
export function writeEvent(segment: Segment, before: Segment | null, origin: number, clock: RecordClock, losses: LossList): WrittenEvent {
  const { clip, transition } = segment;
  const place = { start: origin + segment.start, end: origin + segment.end };
  const outgoing = transition ? goingOut(segment, before, clock) : null;
  const from = outgoing && { reel: outgoing.reel, source: outgoing.source };
  const code = transition ? transitionCode(segment, losses) : 'C';
  const effect = transition && transition.item.name !== '' ? [`EFFECTS NAME IS ${oneLine(transition.item.name)}`] : [];
  const fromName = outgoing?.name ? [`* FROM CLIP NAME:  ${oneLine(outgoing.name)}`] : [];
  if (!clip) {
    const length = labelOf(segment.end - segment.start, clock.rate, clock.isDrop);
    const name = segment.name || 'BL';
    return {
      ...place, number: null, from, reel: 'BL', code, sourceIn: labelOf(0, clock.rate, clock.isDrop), sourceOut: length, isDrop: null,
      lines: [...effect, ...fromName, ...(transition ? [`* TO CLIP NAME:  ${oneLine(name)}`] : [])],
    };
  }
  const notes = readClipNotes(clip.metadata);
  const source = sourceLabels(clip, segment.shown, clock);
  const reel = reelOf(clip);
  sayLost(clip, reel, losses);
  if (source.isBeforeZero) losses.add(`clip ${JSON.stringify(clip.name)}`, 'begins before its media\'s zero, or its transition does: written as of the day before');
  const { sourceFile, file } = writeMedia(clip.media);
  const kept = notes.comments.map(oneLine);
  const named = (field: string, value: string | null): string[] => (value === null || value.trim() === '' ? [] : [`* ${field}: ${oneLine(value)}`]);
  return {
    ...place, number: notes.event, from, reel, code: transition ? code : notes.transition?.replace(' ', '    ').slice(0, 8) ?? code,
    sourceIn: source.in, sourceOut: source.out, isDrop: droppedLabels(nominalRate(source.rate)) > 0 ? source.isDrop : null,
    lines: [
      ...speedLine(clip, reel, source, clock),
      ...effect, ...kept.filter((text) => !isKeyword(text)),
      ...(transition ? [...fromName, ...named('TO CLIP NAME', ` ${clip.name}`)] : [...named('FROM CLIP NAME', ` ${clip.name}`), ...named('TO CLIP NAME', notes.toName)]),
      ...named('FROM FILE', file), ...named('SOURCE FILE', sourceFile),
      ...(clip.note ?? '').split('\n').flatMap((line) => named('COMMENT', line)),
      ...clip.effects.flatMap((each) => (each.kind === 'cdl' ? [`* ASC_SOP ${writeSlopeOffsetPower(each)}`, `* ASC_SAT ${decimal(each.saturation)}`] : [])),
      ...clip.markers.map((marker) => markerLine(marker, segment, place.start, clock, losses)),
      ...(sameRational(source.rate, clock.rate) ? [] : [`* SOURCE RATE: ${formatRational(source.rate)}`]),
      ...kept.filter(isKeyword),
    ],
  };
}

/** What the list said of the outgoing clip, else what the clip before says. */
function goingOut(segment: Segment, before: Segment | null, clock: RecordClock): { reel: string; source: string; name: string | null } {
  const usual = before?.clip ? outgoingOf(before.clip, before.shown, clock) : outgoingOf(null, { before: 0, frames: 0, after: 0 }, clock);
  const told = segment.transition && readOutgoingNotes(segment.transition.item.metadata);
  return told ? { ...told, name: told.name ?? usual.name } : usual;
}

function transitionCode({ transition }: Segment, losses: LossList): string {
  if (!transition) return 'C';
  const length = String(transition.length).padStart(3, '0');
  const { type, name } = transition.item;
  if (type.kind === 'wipe') return `W${String(type.number).padStart(3, '0')} ${length}`;
  if (type.kind === 'other') losses.add(`transition ${JSON.stringify(name)}`, 'is written as a dissolve');
  return `D    ${length}`;
}

function speedLine(clip: DocumentClip, reel: string, source: SourceLabels, clock: RecordClock): string[] {
  const speed = speedOf(clip);
  if (!speed) return [];
  const perSecond = speedPerSecond(speed, source.rate, clock.rate);
  // What is slow must not look like a freeze.
  const size = perSecond > 0 && perSecond < 0.05 ? Math.max(perSecond, 1e-6).toFixed(6).padStart(10, '0') : perSecond.toFixed(1).padStart(5, '0');
  const label = /^\d+$/.test(source.in) ? '00:00:00:00' : source.in;
  return [`M2   ${reel.padEnd(8)}      ${speed.num < 0 ? '-' : ' '}${size}                ${label}`];
}

function markerLine(marker: Marker, segment: Segment, start: number, clock: RecordClock, losses: LossList): string {
  const own = asObject(marker.metadata[edlKey]);
  const text = oneLine([marker.name, marker.comment].filter((part) => part !== '').join(' - '));
  if (marker.comment !== '') losses.add(`marker ${JSON.stringify(marker.name)}`, 'its comment is written behind its name');
  const perFrame = rationalToNumber(marker.range.rate) / rationalToNumber(clock.rate);
  const length = Math.round(marker.range.duration / perFrame);
  if (own?.['resolve'] === true || length > 1) return ` |C:ResolveColor${capital(marker.color ?? '')} |M:${text} |D:${length}`;
  const offset = offsetOf(marker, segment, asNumber(own?.['offset']), clock);
  return `* LOC: ${labelOf(start + offset, clock.rate, clock.isDrop)} ${(marker.color ?? '').toUpperCase().padEnd(7)} ${text}`.trimEnd();
}

/** Frames of the record from the edit's start. */
function offsetOf(marker: Marker, { clip, shown }: Segment, told: number | null, clock: RecordClock): number {
  const range = clip?.range;
  if (!range) return 0;
  const speed = clip ? speedOf(clip) : null;
  const into = marker.range.start - range.start;
  const whole = shown.before + shown.frames + shown.after;
  if (told !== null && shownAt(told, whole, speed, range.rate, clock.rate) === into) return told - shown.before;
  const { num, den } = speed ?? { num: 1, den: 1 };
  if (num === 0) return 0;
  // The first record frame that shows it.
  const at = Math.ceil((into * den * clock.rate.num * range.rate.den) / (Math.abs(num) * clock.rate.den * range.rate.num));
  return (num < 0 ? whole - 1 - at : at) - shown.before;
}

function sayLost(clip: DocumentClip, reel: string, losses: LossList): void {
  const element = `clip ${JSON.stringify(clip.name)}`;
  if (clip.reel !== null && reel !== clip.reel) losses.add(element, 'its reel has white space, which is written as _');
  if (clip.gain !== 0) losses.add(element, 'has a gain: left out');
  if (clip.scene !== null || clip.take !== null) losses.add(element, 'scene and take: left out');
  if (clip.media.available) losses.add(element, 'which part of its media there is: left out');
  for (const effect of clip.effects) {
    if (effect.kind === 'other') losses.add(element, `has the effect ${JSON.stringify(effect.name)}: left out`);
  }
  const others = Object.keys(clip.metadata).filter((key) => key !== edlKey);
  if (others.length > 0) losses.add(element, `what only ${others.join(', ')} knows of it: left out`);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').trimEnd();
}
