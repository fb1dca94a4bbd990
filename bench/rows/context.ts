/** What rows are made from. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFootage, type Footage } from '../footage/make-footage.ts';
import type { FootageKind } from '../footage/kinds.ts';
import type { Cut } from '../peers/encoders.ts';

export type BenchContext = {
  readonly footageRoot: string;
  /** For lists and outputs; on the same disk as the footage. */
  readonly work: string;
  /** Shots of the rows that copy. */
  readonly shots: number;
  readonly isQuick: boolean;
};

export function footage({ footageRoot }: BenchContext, kind: FootageKind, count: number): Footage {
  return makeFootage(footageRoot, kind, count);
}

/** `count` cuts of `frames` frames at 24 fps over the files in turn, starting at frames spread by a fixed rule, seldom at a key frame. */
export function spreadCuts(files: readonly string[], count: number, frames: number, sourceFrames: number): readonly Cut[] {
  return Array.from({ length: count }, (_, index) => {
    const start = (index * 61 + 17) % (sourceFrames - frames);
    return { file: files[index % files.length] ?? '', from: start / 24, to: (start + frames) / 24 };
  });
}

/** The cuts as our shot list, in frames. */
export function writeShotList(work: string, name: string, cuts: readonly Cut[]): string {
  const path = join(work, name);
  const frame = (seconds: number): number => Math.round(seconds * 24);
  writeFileSync(path, `file,in,out\n${cuts.map(({ file, from, to }) => `${file},${frame(from)},${frame(to)}\n`).join('')}`);
  return path;
}

/** Whole files as our shot list. */
export function writeFileList(work: string, name: string, files: readonly string[]): string {
  const path = join(work, name);
  writeFileSync(path, `file,in,out\n${files.map((file) => `${file},,\n`).join('')}`);
  return path;
}
