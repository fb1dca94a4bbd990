/**
 * CSV shot lists: header `file,in,out` and optional `name,reel,scene,take,note`. `in` is inclusive and `out` exclusive, as frame numbers
 * (`48`), timecode (`00:00:02:00`) or seconds (`2.5s`); both empty means the whole file.
 */
import { resolve } from 'node:path';
import { StringoutError } from '../base/errors.ts';
import type { Clip, ClipRange, SourcePosition, Timeline } from '../domain/timeline.ts';
import { checkColumns, noShot, readPosition, readTable } from './csv-rows.ts';
import { fileName, stem } from './text-parts.ts';

/** `path` names the list in errors; media paths are relative to `folder`. Throws `list.invalid` with the line. */
export function readCsv(text: string, path: string, folder: string): Timeline {
  const table = readTable(text, path);
  checkColumns(table, path);
  const place = new Map(table.columns.map((name, i) => [name, i]));

  const items = table.rows.map(({ cells, line }): Clip => {
    const cell = (name: string): string => cells[place.get(name) ?? -1] ?? '';
    const optionalCell = (name: string): string | null => cell(name).trim() || null;
    const file = cell('file');
    if (file === '') throw new StringoutError('list.invalid', 'names no file', { file: path, line });
    const name = optionalCell('name') ?? fileName(file);
    const at = { file: path, line, clip: name };
    return {
      kind: 'clip', name, media: resolve(folder, file), line,
      range: rangeOf(readPosition(cell('in'), 'in', at), readPosition(cell('out'), 'out', at)),
      reel: optionalCell('reel'), scene: optionalCell('scene'), take: optionalCell('take'), note: optionalCell('note'),
    };
  });
  if (items.length === 0) throw noShot(path);
  const unknown = table.others.map((i) => table.columns[i]);
  return {
    name: stem(path), rate: null, start: null, items, origin: path,
    warnings: unknown.length > 0 ? [`columns not used: ${unknown.join(', ')}`] : [],
  };
}

function rangeOf(from: SourcePosition | null, to: SourcePosition | null): ClipRange | null {
  if (!from && !to) return null;
  return { in: from ?? { unit: 'frames', value: 0 }, out: to };
}
