/**
 * CSV shot lists: header `file,in,out` and optional `name,reel,scene,take,note`. `in` is inclusive and `out` exclusive, as frame numbers
 * (`48`), timecode (`00:00:02:00`) or seconds (`2.5s`); both empty means the whole file.
 */
import { resolve } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { StringoutError } from '../base/errors.ts';
import { parsePosition } from '../domain/parse-position.ts';
import type { Clip, ClipRange, SourcePosition, Timeline } from '../domain/timeline.ts';

const required = ['file', 'in', 'out'] as const;
const optional = ['name', 'reel', 'scene', 'take', 'note'] as const;
const known: ReadonlySet<string> = new Set([...required, ...optional]);

/** `path` names the list in errors; media paths are relative to `folder`. Throws `list.invalid` with the line. */
export function readCsv(text: string, path: string, folder: string): Timeline {
  const rows = parseRows(text, path);
  const header = rows[0];
  if (!header) throw new StringoutError('list.invalid', 'is empty: the first line must be the header file,in,out', { file: path });
  const columns = header.cells.map((cell) => cell.trim().toLowerCase());
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new StringoutError('list.invalid', `the header has no column ${missing.map((name) => `"${name}"`).join(', ')}: it must be file,in,out with optional ${optional.join(',')}`, { file: path, line: header.line });
  }
  const repeated = columns.find((name, i) => known.has(name) && columns.indexOf(name) !== i);
  if (repeated) throw new StringoutError('list.invalid', `the header has the column "${repeated}" twice`, { file: path, line: header.line });
  const unknown = columns.filter((name) => name !== '' && !known.has(name));
  const place = new Map(columns.map((name, i) => [name, i]));

  const items = rows.slice(1).map(({ cells, line }): Clip => {
    const cell = (name: string): string => cells[place.get(name) ?? -1] ?? '';
    const optionalCell = (name: string): string | null => cell(name).trim() || null;
    const file = cell('file');
    if (file === '') throw new StringoutError('list.invalid', 'names no file', { file: path, line });
    const name = optionalCell('name') ?? lastPart(file);
    const at = { file: path, line, clip: name };
    return {
      kind: 'clip', name, media: resolve(folder, file), line,
      range: rangeOf(readPosition(cell('in'), 'in', at), readPosition(cell('out'), 'out', at)),
      reel: optionalCell('reel'), scene: optionalCell('scene'), take: optionalCell('take'), note: optionalCell('note'),
    };
  });
  if (items.length === 0) throw new StringoutError('list.invalid', 'lists no shot: there is only the header', { file: path });
  return {
    name: lastPart(path).replace(/\.[^.]*$/, ''), rate: null, start: null, items, origin: path,
    warnings: unknown.length > 0 ? [`columns not used: ${unknown.join(', ')}`] : [],
  };
}

type Row = { readonly cells: readonly string[]; readonly line: number };

function parseRows(text: string, path: string): Row[] {
  try {
    const parsed: unknown = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, delimiter: delimiterOf(text) });
    return (parsed as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      // csv-parse counts the line at which a record ends
      cells: record, line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : undefined;
    throw new StringoutError('list.invalid', `cannot be read as CSV: ${error.message}`, { file: path, line }, { cause: error });
  }
}

/** Spreadsheets write semicolons or tabs where the comma is the decimal mark. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [',', ';', '\t'].toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
}

function rangeOf(from: SourcePosition | null, to: SourcePosition | null): ClipRange | null {
  if (!from && !to) return null;
  return { in: from ?? { unit: 'frames', value: 0 }, out: to };
}

function readPosition(text: string, column: string, place: { file: string; line: number; clip: string }): SourcePosition | null {
  if (text.trim() === '') return null;
  const position = parsePosition(text);
  if (position) return position;
  throw new StringoutError('list.invalid', `${column} "${text.trim()}" is neither a frame number (48), a timecode (00:00:02:00) nor seconds (2.5s)`, place);
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
