/** Avid Log Exchange: a bin's clips as a timeline of one after another. All columns are kept. */
import { parseRate } from '../../domain/frame-rates.ts';
import { formatRational, type Rational } from '../../domain/rational.ts';
import { droppedLabels, nominalRate, parseTimecode } from '../../domain/timecode.ts';
import { makeCdl, readSaturation, readSlopeOffsetPower } from '../cdl.ts';
import { guessRate } from '../csv-range.ts';
import type { Diagnostic, DocumentClip, DocumentTrack, MediaReference, ReadDocument, ReadOptions, TimeRange } from '../document.ts';
import { fileName, stem } from '../text-parts.ts';
import { placeOf, roles, type Role } from './columns.ts';
import { parseAle, type Ale } from './parse-ale.ts';

export const aleKey = 'ale';

/** `events` counts the rows. Throws `list.invalid` for what is no ALE or lists nothing. */
export function readAle(text: string, options: ReadOptions): ReadDocument {
  const ale = parseAle(text, options.path);
  const diagnostics: Diagnostic[] = [];
  const rate = rateOf(ale, options.sourceRate, diagnostics);
  const clips = ale.rows.map((row) => readRow(row, ale.columns, rate, diagnostics));
  const track = (type: DocumentTrack['type'], items: readonly DocumentClip[]): DocumentTrack[] => (items.length === 0 ? [] : [{
    kind: 'track', type, name: type === 'video' ? 'V1' : 'A1', isEnabled: true, items, range: null, markers: [], effects: [], metadata: {},
  }]);
  return {
    document: {
      name: stem(options.path), rate, start: null, markers: [],
      tracks: [...track('video', clips.filter(({ isSound }) => !isSound).map(({ clip }) => clip)), ...track('audio', clips.filter(({ isSound }) => isSound).map(({ clip }) => clip))],
      metadata: { [aleKey]: { heading: ale.heading, columns: ale.columns } },
    },
    events: ale.rows.length,
    diagnostics,
  };
}

function rateOf(ale: Ale, asked: Rational | null, diagnostics: Diagnostic[]): Rational {
  const told = ale.heading.find(([key]) => key.toUpperCase() === 'FPS')?.[1];
  const own = told === undefined ? null : parseRate(told);
  if (own) return own;
  if (asked) return asked;
  const places = [placeOf('start', ale.columns), placeOf('end', ale.columns)];
  const guess = guessRate(ale.rows.flatMap(({ cells }) => places.map((place) => ({ unit: 'timecode' as const, text: (cells[place] ?? '').trim() }))));
  diagnostics.push({ line: null, element: null, message: `the heading tells no FPS: read at ${formatRational(guess)}` });
  return guess;
}

function readRow({ line, cells }: Ale['rows'][number], columns: readonly string[], rate: Rational, diagnostics: Diagnostic[]): { clip: DocumentClip; isSound: boolean } {
  const places = new Map(roles.map((role) => [role, placeOf(role, columns)]));
  const cell = (role: Role): string | null => (cells[places.get(role) ?? -1] ?? '').trim() || null;
  const name = cell('name') ?? stem(cell('file') ?? cell('path') ?? '');
  const say = (message: string): void => { diagnostics.push({ line, element: name, message }); };
  const kept: Record<string, string> = {};
  /** Cells that could not be understood stay as they are. */
  const keep = (role: Role): void => {
    const place = places.get(role) ?? -1;
    if (place >= 0 && (cells[place] ?? '') !== '') kept[columns[place] ?? ''] = cells[place] ?? '';
  };
  const understood = new Set(places.values());
  columns.forEach((column, place) => {
    const text = cells[place] ?? '';
    if (text !== '' && !understood.has(place) && kept[column] === undefined) kept[column] = text;
  });
  if (cells.slice(columns.length).some((text) => text.trim() !== '')) say('has more cells than there are columns: the last are left out');

  const range = readRange(cell('start'), cell('end'), cell('duration'), rate, say);
  if (!range) for (const role of ['start', 'end', 'duration'] as const) keep(role);
  const grade = cell('grade') === null ? null : readSlopeOffsetPower(cell('grade') ?? '');
  const saturation = cell('saturation') === null ? null : readSaturation(cell('saturation') ?? '');
  const isBroken = (cell('grade') !== null && !grade) || (cell('saturation') !== null && saturation === null);
  if (isBroken) {
    say('has an ASC CDL that cannot be read: kept as text');
    keep('grade');
    keep('saturation');
  }
  const cdl = isBroken ? null : makeCdl(grade, saturation);
  const own = { ...(Object.keys(kept).length > 0 ? { cells: kept } : {}), ...(isDropLabel(cell('start')) && range ? { drop_frame: true } : {}) };
  const tracks = (cells[columns.findIndex((column) => column.toLowerCase() === 'tracks')] ?? '').trim();
  return {
    isSound: tracks !== '' && !/V/i.test(tracks),
    clip: {
      kind: 'clip', name, isEnabled: true, range, media: mediaOf(cell('path'), cell('file')), reel: cell('reel'), scene: cell('scene'), take: cell('take'), note: cell('note'),
      gain: 0, effects: cdl ? [cdl] : [], markers: [], line, metadata: Object.keys(own).length > 0 ? { [aleKey]: own } : {},
    },
  };
}

/** Null where the labels tell none. Crossing midnight adds a day. */
function readRange(from: string | null, to: string | null, length: string | null, rate: Rational, say: (message: string) => void): TimeRange | null {
  if (from === null) return null;
  const start = parseTimecode(from, rate);
  const duration = length === null ? null : parseTimecode(length, rate);
  if (start === null) {
    say(`Start ${JSON.stringify(from)} is no timecode at ${formatRational(rate)}: kept as text`);
    return null;
  }
  const end = to === null ? null : parseTimecode(to, rate);
  const isDrop = isDropLabel(from);
  const day = parseTimecode('24:00:00:00', rate, isDrop) ?? 0;
  const span = end === null ? duration : end - start + (end < start && start - end > day / 2 ? day : 0);
  if (span === null || span <= 0) {
    say('its End and Duration tell no length: kept as text, read as all of its media');
    return null;
  }
  if (duration !== null && !isDrop && droppedLabels(nominalRate(rate)) === 0 && duration !== span) say(`Duration says ${duration} frames, Start and End ${span}: the latter are used`);
  return { start, duration: span, rate };
}

function isDropLabel(text: string | null): boolean {
  return text !== null && /[;,.]\d+$/.test(text);
}

function mediaOf(path: string | null, file: string | null): MediaReference {
  const url = path ?? file;
  if (url === null) return { kind: 'missing', name: '', available: null, metadata: {} };
  return { kind: 'file', url, name: file ?? fileName(url), available: null, metadata: {} };
}
