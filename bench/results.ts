/** What a run of the benchmark found, as it is kept in bench/results/. Rows of one day replace each other by id. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Cost, Figure } from './row.ts';

export type ContenderResult = Cost & { readonly name: string; readonly isOurs: boolean; /** Wall seconds of each run. */ readonly runs: readonly number[] };

export type FigureResult = { readonly label: string; readonly unit: Figure['unit']; readonly limit: number; readonly aim: number | null; readonly value: number | null };

export type RowResult = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly date: string;
  readonly contenders: readonly ContenderResult[];
  readonly figures: readonly FigureResult[];
  readonly missing: readonly { readonly name: string; readonly package: string }[];
  readonly failures: readonly { readonly name: string; readonly message: string }[];
};

export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly fileSystem: string;
  readonly node: string;
  readonly ffmpeg: string;
};

export type Results = { readonly machine: Machine; readonly rows: readonly RowResult[] };

export function saveResults(folder: string, machine: Machine, rows: readonly RowResult[]): Results {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${new Date().toISOString().slice(0, 10)}.json`);
  const kept = (readResults(path)?.rows ?? []).filter(({ id }) => rows.every((row) => row.id !== id));
  const results = { machine, rows: [...kept, ...rows] };
  writeFileSync(path, `${JSON.stringify(results, null, 1)}\n`);
  return results;
}

/** The newest file of results, or null. */
export function latestResults(folder: string): Results | null {
  const name = readdirSync(folder).filter((file) => file.endsWith('.json')).toSorted().at(-1);
  return name === undefined ? null : readResults(join(folder, name));
}

function readResults(path: string): Results | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Results;
  } catch {
    return null; // none yet today
  }
}

export function describeMachine(folder: string): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    fileSystem: fileSystemName(statfsSync(folder).type),
    node: process.version,
    ffmpeg: firstLine('ffmpeg', ['-version']),
  };
}

/** The numbers of statfs(2). */
function fileSystemName(number: number): string {
  const names: Readonly<Record<number, string>> = { 0xef53: 'ext4', 0x58465342: 'XFS', 0x9123683e: 'btrfs', 0x01021994: 'tmpfs', 0x794c7630: 'overlay' };
  return names[number] ?? `type 0x${number.toString(16)}`;
}

function firstLine(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8' }).split('\n')[0] ?? '';
  } catch {
    return `no ${program}`;
  }
}
