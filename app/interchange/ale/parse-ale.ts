/** The three sections of an Avid Log Exchange file: `Heading`, `Column`, `Data`; cells are separated by tabs. */
import { StringoutError } from '../../base/errors.ts';

export type Ale = {
  readonly heading: readonly (readonly [string, string])[];
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
};

/** Throws `list.invalid` where a section is missing or there is no row. */
export function parseAle(text: string, path: string): Ale {
  const heading: (readonly [string, string])[] = [];
  const rows: { line: number; cells: string[] }[] = [];
  let columns: string[] | null = null;
  let section = '';
  text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).forEach((line, index) => {
    if (line.trim() === '') return;
    const title = line.trim().toLowerCase();
    if (section !== 'data' && (title === 'heading' || title === 'column' || title === 'data')) {
      section = title;
      return;
    }
    const cells = line.split('\t');
    if (section === 'heading') {
      // Some write all of it on one line.
      for (let i = 0; i + 1 < cells.length; i += 2) heading.push([(cells[i] ?? '').trim(), (cells[i + 1] ?? '').trim()]);
    } else if (section === 'column') {
      columns ??= cells.map((cell) => cell.trim());
    } else if (section === 'data') {
      rows.push({ line: index + 1, cells });
    }
  });
  if (!columns) throw new StringoutError('list.invalid', 'is no ALE: it has no section "Column" with the names of its columns', { file: path });
  if (rows.length === 0) throw new StringoutError('list.invalid', 'lists no clip: its section "Data" is missing or empty', { file: path });
  return { heading, columns: withoutLastEmpty(columns), rows };
}

function withoutLastEmpty(columns: readonly string[]): readonly string[] {
  const last = columns.findLastIndex((column) => column !== '');
  return columns.slice(0, last + 1);
}
