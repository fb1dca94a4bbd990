/** CMX3600 as most read it; reels longer than eight characters make it the File32 or File128 dialect. What it cannot say is in the losses. */
import { formatRational, rational, type Rational } from '../../domain/rational.ts';
import { countLabelAt, droppedLabels, nominalRate } from '../../domain/timecode.ts';
import type { DocumentTrack, TimelineDocument, WrittenDocument } from '../document.ts';
import { asObject } from '../json.ts';
import { LossList } from '../losses.ts';
import { writeChannels, type Channel } from './channels.ts';
import { labelOf } from './labels.ts';
import { edlKey, stringsIn } from './metadata.ts';
import { segmentsOf } from './segments.ts';
import { isPictureRate, type RecordClock } from './source-labels.ts';
import { oneLine, writeEvent, type WrittenEvent } from './write-event.ts';

export function writeEdl(document: TimelineDocument): WrittenDocument {
  const losses = new LossList();
  const rate = [document.rate, ...ratesOfClips(document.tracks)].find((each) => each !== null && isPictureRate(each)) ?? rational(24);
  const start = document.start ? countLabelAt(document.start, rate) : { frame: 0, dropFrame: false };
  const clock: RecordClock = { rate, isDrop: start.dropFrame && droppedLabels(nominalRate(rate)) > 0 };
  const groups = groupEvents(document.tracks, start.frame, clock, losses);
  sayLost(document, rate, losses);

  const own = asObject(document.metadata[edlKey]);
  const longest = groups.reduce((most, { event }) => Math.max(most, event.reel.length, event.from?.reel.length ?? 0), 0);
  const width = longest <= 8 ? 8 : longest <= 32 ? 32 : 128;
  const hasNumbers = groups.every(({ event }) => event.number !== null);
  const digits = width === 8 ? 3 : 6;
  const lines = [`TITLE: ${oneLine(document.name)}`, `FCM: ${clock.isDrop ? 'DROP FRAME' : 'NON-DROP FRAME'}`, ...stringsIn(own?.['header'])];
  let isDrop = clock.isDrop;
  let count = 0;
  for (const { event, channels } of groups) {
    count += 1;
    const number = hasNumbers && event.number !== null ? event.number : String(count).padStart(digits, '0');
    if (event.isDrop !== null && event.isDrop !== isDrop) {
      isDrop = event.isDrop;
      lines.push(`FCM: ${isDrop ? 'DROP FRAME' : 'NON-DROP FRAME'}`);
    }
    for (const text of writeChannels(channels)) {
      const head = (reel: string, code: string): string => `${number}  ${reel.padEnd(width)} ${text.channels.padEnd(5)} ${code.padEnd(8)}`;
      const [recordIn, recordOut] = [labelOf(event.start, rate, clock.isDrop), labelOf(event.end, rate, clock.isDrop)];
      if (event.from) lines.push(`${head(event.from.reel, 'C')} ${event.from.source} ${event.from.source} ${recordIn} ${recordIn}`);
      lines.push(`${head(event.reel, event.code)} ${event.sourceIn} ${event.sourceOut} ${recordIn} ${recordOut}`, ...event.lines);
      if (text.more.length > 0) lines.push(`AUD  ${text.more.join('    ')}`);
    }
    if (count === 1) lines.push(`* FRAME RATE: ${formatRational(rate)}`);
  }
  return { text: `${[...lines, ...stringsIn(own?.['footer'])].join('\n')}\n`, losses: losses.list() };
}

type Group = { readonly event: WrittenEvent; readonly channels: Channel[] };

/** The same source at the same place on several tracks is one event. */
function groupEvents(tracks: readonly DocumentTrack[], start: number, clock: RecordClock, losses: LossList): Group[] {
  const groups = new Map<string, Group>();
  const channelOf = numberTracks(tracks);
  for (const track of tracks) {
    const channel = channelOf(track);
    if (!track.isEnabled) {
      losses.add(`track ${JSON.stringify(track.name)}`, 'is switched off: left out');
      continue;
    }
    const segments = segmentsOf(track, clock.rate, losses);
    segments.forEach((segment, i) => {
      const before = segments[i - 1];
      const event = writeEvent(segment, before?.end === segment.start ? before : null, start, clock, losses);
      const key = JSON.stringify(event);
      const group = groups.get(key);
      if (group) group.channels.push(channel);
      else groups.set(key, { event, channels: [channel] });
    });
  }
  return [...groups.values()].toSorted((a, b) => a.event.start - b.event.start);
}

/** `V3` or `A2` as the track's own name says, where all of that kind have such names; else counted. */
function numberTracks(tracks: readonly DocumentTrack[]): (track: DocumentTrack) => Channel {
  const named = (track: DocumentTrack): number | null => {
    const match = /^([VA])([1-9]\d{0,2})$/.exec(track.name);
    return match?.[1] === (track.type === 'video' ? 'V' : 'A') ? Number(match[2]) : null;
  };
  const numbers = new Map<DocumentTrack, number>();
  for (const type of ['video', 'audio'] as const) {
    const own = tracks.filter((track) => track.type === type);
    const names = own.map(named);
    const isNamed = names.every((name, i) => name !== null && (i === 0 || name > (names[i - 1] ?? 0)));
    own.forEach((track, i) => numbers.set(track, isNamed ? names[i] ?? i + 1 : i + 1));
  }
  return (track) => ({ type: track.type, number: numbers.get(track) ?? 1 });
}

function ratesOfClips(tracks: readonly DocumentTrack[]): Rational[] {
  return tracks.flatMap((track) => track.items.flatMap((item) => (item.kind === 'clip' && item.range ? [item.range.rate] : [])));
}

function sayLost(document: TimelineDocument, rate: Rational, losses: LossList): void {
  const markers = document.markers.length + document.tracks.reduce((sum, track) => sum + track.markers.length, 0);
  if (markers > 0) losses.add(`${markers} ${markers === 1 ? 'marker' : 'markers'} of the timeline and its tracks`, 'an EDL has markers of edits only: left out');
  for (const track of document.tracks) {
    if (track.effects.length > 0) losses.add(`track ${JSON.stringify(track.name)}`, 'has effects: left out');
  }
  if (rate.den !== 1) {
    losses.add('the frame rate', `an EDL tells none: ${formatRational(rate)} is written as a comment that only Stringout reads`);
  }
}
