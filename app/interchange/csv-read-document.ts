/** Shot lists as timeline documents: one picture track, shot after shot. Lists with other columns that tell a start and an end are read too. */
import { StringoutError } from '../base/errors.ts';
import { formatRational, type Rational } from '../domain/rational.ts';
import type { SourcePosition } from '../domain/timeline.ts';
import { guessRate, rangeBetween, timeOf } from './csv-range.ts';
import { checkColumns, noShot, readPosition, readTable, type CsvRow, type CsvTable } from './csv-rows.ts';
import type { Diagnostic, DocumentClip, ReadDocument, ReadOptions, TimeRange } from './document.ts';
import { fileName, stem } from './text-parts.ts';

export const csvKey = 'csv';

/** Other programs' words, where the list is not ours. */
const otherWords = { file: ['file', 'filename', 'path', 'media', 'source'], in: ['in', 'start', 'begin', 'from'], out: ['out', 'end', 'stop', 'to'] } as const;

const decimal = /^\d+\.\d+$/;

type Shot = { readonly row: CsvRow; readonly file: string; readonly name: string; readonly from: SourcePosition | null; readonly to: SourcePosition | null; readonly texts: readonly [string, string] };

/**
 * `events` counts the rows; in a list of other columns the first row too, which may be no header at all. Throws `list.invalid`, and
 * `range.invalid` for a range that is empty, backward or negative, with the line.
 */
export function readCsvDocument(text: string, options: ReadOptions): ReadDocument {
  const table = readTable(text, options.path);
  const diagnostics: Diagnostic[] = [];
  const isOurs = table.missing.length === 0;
  const places = isOurs ? { file: table.columns.indexOf('file'), in: table.columns.indexOf('in'), out: table.columns.indexOf('out') } : placesOf(table, options.path);
  // Decimals are seconds, and so is then every number of such a list; ours say so with an s.
  const isInSeconds = !isOurs && table.rows.some(({ cells }) => [cells[places.in], cells[places.out]].some((cell) => decimal.test((cell ?? '').trim())));
  if (!isOurs) diagnostics.push({ line: table.header.line, element: null, message: describeColumns(table, places, isInSeconds) });
  const shots = table.rows.map((row) => readShot(row, table, places, isInSeconds, options.path, diagnostics));
  if (shots.length === 0) throw noShot(options.path);
  const positions = shots.flatMap(({ from, to }) => [from, to]);
  const isCounted = positions.some((position) => position?.unit === 'frames' || position?.unit === 'timecode');
  const rate = options.sourceRate ?? guessRate(positions);
  if (isCounted && !options.sourceRate) diagnostics.push({ line: null, element: null, message: `the list tells no frame rate: read at ${formatRational(rate)}` });
  const items = shots.flatMap((shot) => clipOf(shot, table, places, rate, options.path, isOurs, diagnostics));
  return {
    document: {
      name: stem(options.path), rate: isCounted ? rate : null, start: null, markers: [], metadata: {},
      tracks: [{ kind: 'track', type: 'video', name: 'V1', isEnabled: true, items, range: null, markers: [], effects: [], metadata: {} }],
    },
    events: table.rows.length + (isOurs ? 0 : 1),
    diagnostics,
  };
}

type Places = { readonly file: number; readonly in: number; readonly out: number };

function placesOf(table: CsvTable, path: string): Places {
  const find = (words: readonly string[]): number => words.map((word) => table.columns.indexOf(word)).find((place) => place >= 0) ?? -1;
  const places = { file: find(otherWords.file), in: find(otherWords.in), out: find(otherWords.out) };
  if (places.in < 0 || places.out < 0) checkColumns(table, path);
  return places;
}

function describeColumns({ header }: CsvTable, places: Places, isInSeconds: boolean): string {
  const named = (place: number): string => JSON.stringify(header.cells[place]?.trim() ?? '');
  const file = places.file < 0 ? 'no column names the media' : `${named(places.file)} names the media`;
  return `the columns are not file,in,out: ${named(places.in)} is read as in and ${named(places.out)} as out, numbers as ${isInSeconds ? 'seconds' : 'frames'}; ${file}`;
}

function readShot(row: CsvRow, table: CsvTable, places: Places, isInSeconds: boolean, path: string, diagnostics: Diagnostic[]): Shot {
  const file = row.cells[places.file] ?? '';
  const name = (row.cells[table.columns.indexOf('name')] ?? '').trim() || fileName(file);
  const at = { file: path, line: row.line, clip: name };
  const text = (place: number): string => {
    const own = (row.cells[place] ?? '').trim();
    return isInSeconds && /^[\d.]+$/.test(own) ? `${own}s` : own;
  };
  const texts = [text(places.in), text(places.out)] as const;
  if (file === '' && places.file >= 0) diagnostics.push({ line: row.line, element: name || null, message: 'names no file' });
  return { row, file, name, texts, from: readPosition(texts[0], 'in', at), to: readPosition(texts[1], 'out', at) };
}

function clipOf(shot: Shot, table: CsvTable, places: Places, rate: Rational, path: string, isOurs: boolean, diagnostics: Diagnostic[]): DocumentClip[] {
  const { row, file, name, from, to, texts } = shot;
  const say = (message: string): void => { diagnostics.push({ line: row.line, element: name || null, message }); };
  const range = rangeOf(from, to, rate, say);
  if (range && (range.duration <= 0 || range.start < 0)) {
    const what = range.start < 0 ? 'begins before the first frame' : range.duration === 0 ? 'has no length: in and out are the same' : 'ends before it begins';
    if (isOurs) throw new StringoutError('range.invalid', what, { file: path, line: row.line, clip: name });
    say(`${what}: skipped`);
    return [];
  }
  const cell = (column: string): string | null => (row.cells[table.columns.indexOf(column)] ?? '').trim() || null;
  const others = table.others.filter((place) => place !== places.file && place !== places.in && place !== places.out);
  const columns = Object.fromEntries(others.map((place) => [(table.header.cells[place] ?? '').trim(), row.cells[place] ?? '']));
  const own = {
    ...(texts[0] === '' ? {} : { in: texts[0] }), ...(texts[1] === '' ? {} : { out: texts[1] }),
    ...(others.length > 0 ? { columns } : {}),
  };
  return [{
    kind: 'clip', name, isEnabled: true, range,
    media: file === '' ? { kind: 'missing', name: '', available: null, metadata: {} } : { kind: 'file', url: file, name: fileName(file), available: null, metadata: {} },
    reel: cell('reel'), scene: cell('scene'), take: cell('take'), note: cell('note'), gain: 0, effects: [], markers: [], line: row.line,
    metadata: Object.keys(own).length > 0 ? { [csvKey]: own } : {},
  }];
}

/** Null: all of the media, or what cannot be said without knowing it. */
function rangeOf(from: SourcePosition | null, to: SourcePosition | null, rate: Rational, say: (message: string) => void): TimeRange | null {
  if (!to) {
    if (from) say('tells no out, which is the end of the file: kept as text, for its length is not known here');
    return null;
  }
  const start = from ? timeOf(from, rate) : { value: 0, rate };
  const end = timeOf(to, rate);
  if (!start || !end) {
    say(`in or out is no timecode at ${formatRational(rate)}: kept as text`);
    return null;
  }
  return rangeBetween(start, end);
}
