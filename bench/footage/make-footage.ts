/**
 * The footage of the benchmark: a few encodes with grain, each copied under many names with a box of its own at the end, so that
 * five hundred files are five hundred different files and take a minute to make instead of an hour. Made once and kept.
 */
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { runFfmpeg } from './ffmpeg.ts';
import { kinds, type FootageKind } from './kinds.ts';

export type Footage = { readonly folder: string; readonly files: readonly string[] };

/** The first `count` files of the kind below `root`, in name order; those that are missing are made. */
export function makeFootage(root: string, kind: FootageKind, count: number): Footage {
  const masters = makeMasters(root, kind);
  const folder = join(root, `${kind}-${count}`);
  mkdirSync(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, index) => `shot-${String(index + 1).padStart(4, '0')}${kinds[kind].extension}`);
  const missing = names.filter((name) => !existsSync(join(folder, name)));
  requireSpace(root, missing.length * kinds[kind].expectedBytes);
  for (const name of missing) {
    const index = names.indexOf(name);
    const temporary = join(folder, `.${name}.tmp`);
    copyFileSync(masters[index % masters.length] ?? '', temporary);
    appendFileSync(temporary, freeBox(index));
    renameSync(temporary, join(folder, name));
  }
  return { folder, files: names.map((name) => join(folder, name)) };
}

function makeMasters(root: string, kind: FootageKind): string[] {
  const { masters, extension } = kinds[kind];
  const folder = join(root, 'masters', kind);
  mkdirSync(folder, { recursive: true });
  return masters.map((args, index) => {
    const path = join(folder, `${index}${extension}`);
    if (existsSync(path)) return path;
    process.stdout.write(`making footage: ${kind} ${index + 1} of ${masters.length}\n`);
    const temporary = join(folder, `${index}.tmp${extension}`);
    runFfmpeg([...args, temporary]);
    renameSync(temporary, path);
    return path;
  });
}

/** ISO 14496-12, 8.1.2: a box that readers skip; its content makes the file unlike its siblings. */
function freeBox(index: number): Buffer {
  const box = Buffer.alloc(24, 0);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  box.write(String(index), 8, 'latin1');
  return box;
}

/** The footage, and as much again for what is made of it. */
function requireSpace(root: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(root);
  const needed = 2.2 * bytes;
  if (bavail * bsize < needed) {
    throw new Error(`the benchmark's footage needs ${(needed / 1e9).toFixed(0)} GB below ${root}, and ${((bavail * bsize) / 1e9).toFixed(0)} GB are free: use fewer --shots`);
  }
}

/** Removes everything that was made, footage and results of runs. */
export function removeFootage(root: string): void {
  for (const name of existsSync(root) ? readdirSync(root) : []) rmSync(join(root, name), { recursive: true, force: true });
}
