/** Writes Final Cut Pro 7's XML, version 5. */
import { formatRational } from '../../domain/rational.ts';
import type { TimelineDocument, WrittenDocument } from '../document.ts';
import { asObject } from '../json.ts';
import { element } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { tracksOf } from '../xml/place.ts';
import { timelineRate } from '../xml/timeline-rate.ts';
import { writeXml } from '../xml/write.ts';
import { isWritableRate } from './values.ts';
import { writeSequence } from './write-sequence.ts';
import { Fcp7Writing } from './writing.ts';

/** What `readFcp7` kept is given back where it still fits what the timeline says. */
export function writeFcp7(document: TimelineDocument): WrittenDocument {
  const rate = timelineRate(document);
  const writing = new Fcp7Writing(rate);
  if (!isWritableRate(rate)) writing.losses.add('timeline', `the rate ${formatRational(rate)} has no name in this format`);
  const tracks = tracksOf(document.tracks);
  writing.noteUses(tracks, 'video');
  const rest = asObject(document.metadata['fcp7']);
  const wanted = new Kept(rest).text('id');
  const id = rest && wanted === null ? null : writing.id(wanted, 'sequence');
  const sequence = writeSequence({ name: document.name, rate, start: document.start, tracks, markers: document.markers, rest }, id, writing);
  return { text: writeXml(writing.fillLinks(element('xmeml', { version: '5' }, [sequence]))), losses: writing.losses.list() };
}
