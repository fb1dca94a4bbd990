/** The files of an image sequence by its pattern, `plate.%04d.exr` or `plate.####.exr`. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StringoutError } from '../../base/errors.ts';
import { parseSequencePattern } from '../../domain/image-sequence.ts';

export type SequenceFiles = {
  /** One for each frame from the first number to the last; where one is missing, the one before it again. */
  readonly files: readonly string[];
  readonly holes: readonly number[];
};

/** Null where `path` is no pattern, or a file of that very name exists. */
export async function listSequence(path: string): Promise<SequenceFiles | null> {
  const pattern = parseSequencePattern(basename(path));
  if (!pattern || await stat(path).then(() => true, () => false)) return null;
  const folder = dirname(path);
  const numbered = new Map<number, string>();
  for (const name of await readdir(folder)) {
    const number = pattern.numberOf(name);
    if (number !== null) numbered.set(number, join(folder, name));
  }
  if (numbered.size === 0) throw new StringoutError('input.missing', 'no file of this image sequence exists', { file: path });
  const numbers = [...numbered.keys()].toSorted((a, b) => a - b);
  const first = numbers[0] ?? 0;
  const last = numbers.at(-1) ?? first;
  if (last - first + 1 > numbered.size * 100) {
    throw new StringoutError('input.damaged', `of the frames ${first} to ${last} only ${numbered.size} exist`, { file: path });
  }
  const files: string[] = [];
  const holes: number[] = [];
  for (let number = first; number <= last; number++) {
    const file = numbered.get(number);
    if (file === undefined) holes.push(number);
    files.push(file ?? files.at(-1) ?? '');
  }
  return { files, holes };
}

/** "1003, 1010-1014" */
export function describeHoles(holes: readonly number[]): string {
  const runs: string[] = [];
  for (let i = 0; i < holes.length;) {
    let end = i;
    while (end + 1 < holes.length && holes[end + 1] === (holes[end] ?? 0) + 1) end++;
    runs.push(end === i ? String(holes[i]) : `${holes[i]}-${holes[end]}`);
    i = end + 1;
  }
  return runs.join(', ');
}
