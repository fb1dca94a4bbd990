/** Shot lists as rows: the header's columns, each row's cells by column, and the line a row begins at. */
import { CsvError, parse } from 'csv-parse/sync';
import { StringoutError } from '../base/errors.ts';
import { parsePosition } from '../domain/parse-position.ts';
import type { SourcePosition } from '../domain/timeline.ts';

export const requiredColumns = ['file', 'in', 'out'] as const;
export const optionalColumns = ['name', 'reel', 'scene', 'take', 'note'] as const;
const known: ReadonlySet<string> = new Set([...requiredColumns, ...optionalColumns]);

export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

export type CsvTable = {
  readonly header: CsvRow;
  /** Trimmed, in lower case. */
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  /** Those that mean something to us. */
  readonly missing: readonly string[];
  /** Columns that mean nothing to us, by their place. */
  readonly others: readonly number[];
};

/** Throws `list.invalid`, with the line, for what is no CSV, has no rows at all, or a known column twice. */
export function readTable(text: string, path: string): CsvTable {
  const [header, ...rows] = parseRows(text, path);
  if (!header) throw new StringoutError('list.invalid', 'is empty: the first line must be the header file,in,out', { file: path });
  const columns = header.cells.map((cell) => cell.trim().toLowerCase());
  const repeated = columns.find((name, i) => known.has(name) && columns.indexOf(name) !== i);
  if (repeated) throw new StringoutError('list.invalid', `the header has the column "${repeated}" twice`, { file: path, line: header.line });
  return {
    header, columns, rows, missing: requiredColumns.filter((name) => !columns.includes(name)),
    others: columns.flatMap((name, i) => (name !== '' && !known.has(name) ? [i] : [])),
  };
}

/** Throws `list.invalid` where a column that must be there is not. */
export function checkColumns({ missing, header }: CsvTable, path: string): void {
  if (missing.length === 0) return;
  throw new StringoutError('list.invalid', `the header has no column ${missing.map((name) => `"${name}"`).join(', ')}: it must be file,in,out with optional ${optionalColumns.join(',')}`, { file: path, line: header.line });
}

export function noShot(path: string): StringoutError {
  return new StringoutError('list.invalid', 'lists no shot: there is only the header', { file: path });
}

/** Null for an empty cell. Throws `list.invalid` for what is no position. */
export function readPosition(text: string, column: string, place: { file: string; line: number; clip: string }): SourcePosition | null {
  if (text.trim() === '') return null;
  const position = parsePosition(text);
  if (position) return position;
  throw new StringoutError('list.invalid', `${column} "${text.trim()}" is neither a frame number (48), a timecode (00:00:02:00) nor seconds (2.5s)`, place);
}

function parseRows(text: string, path: string): CsvRow[] {
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
