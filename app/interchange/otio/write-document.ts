/** The shared model as OpenTimelineIO: it can carry all of it. */
import { formatRational } from '../../domain/rational.ts';
import type { TimelineDocument, WrittenDocument } from '../document.ts';
import { asObject } from '../json.ts';
import { formatOtioJson } from './json-text.ts';
import { compose, keptOf } from './kept.ts';
import { timelineRate, writeTime } from './time.ts';
import { writeMarker, writeTrack } from './write-items.ts';

export function writeOtioDocument(document: TimelineDocument): WrittenDocument {
  const { name, start, tracks, markers, metadata } = document;
  const stack = {
    OTIO_SCHEMA: 'Stack.1', name: 'tracks', metadata: {}, source_range: null, enabled: true, effects: [], ...asObject(keptOf(metadata)['stack']),
    markers: markers.map(writeMarker), children: tracks.map(writeTrack),
  };
  const rate = timelineRate(stack, start);
  const root = compose('Timeline.1', metadata, { name, global_start_time: start && writeTime(start.frame, start.rate), tracks: stack }, {
    rate: { value: document.rate && formatRational(document.rate), derived: rate && formatRational(rate) },
    dropFrame: { value: start?.dropFrame ?? false, derived: false },
  });
  return { text: formatOtioJson(root), losses: [] };
}
