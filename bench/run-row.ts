/** Runs a row: its contenders in turn, as often as the row says, and the medians. */
import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './footage/ffmpeg.ts';
import { measure } from './measure/measure.ts';
import { reportOf } from './ours.ts';
import type { Contender, Cost, Row } from './row.ts';
import type { ContenderResult, RowResult } from './results.ts';

/** Start-up that is taken off, at most, in seconds. */
const forgivenStart = 0.3;

export async function runRow(row: Row, work: string): Promise<RowResult> {
  const { id, title, note } = row;
  const present = row.contenders.filter(({ needs }) => needs === undefined || findProgram(needs.program) !== null);
  const missing = row.contenders.flatMap(({ name, needs }) => (needs && findProgram(needs.program) === null ? [{ name, package: needs.package }] : []));
  const runs = new Map<string, Cost[]>(present.map(({ name }) => [name, []]));
  const failures: { name: string; message: string }[] = [];
  for (let round = 0; round < row.repeats; round += 1) {
    for (const contender of present) {
      if (failures.some(({ name }) => name === contender.name)) continue;
      try {
        const cost = await runOnce(contender, work);
        runs.get(contender.name)?.push(cost);
        process.stdout.write(`  ${contender.name}: ${cost.wallSeconds.toFixed(2)} s, ${cost.cpuSeconds.toFixed(2)} s of CPU, ${(cost.peakRssBytes / 1e6).toFixed(0)} MB\n`);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        failures.push({ name: contender.name, message });
        process.stdout.write(`  ${contender.name} FAILED: ${message}\n`);
      }
    }
  }
  row.cleanUp?.();
  const contenders = present.flatMap(({ name, isOurs = false }): ContenderResult[] => {
    const own = runs.get(name) ?? [];
    return own.length === 0 ? [] : [{ name, isOurs, runs: own.map(({ wallSeconds }) => wallSeconds), ...medianCost(own) }];
  });
  const costOf = (name: string): Cost | null => contenders.find((contender) => contender.name === name) ?? null;
  const figures = row.figures.map(({ label, unit, limit, aim, of }) => ({ label, unit, limit, aim: aim ?? null, value: of(costOf) }));
  return { id, title, note, date: new Date().toISOString(), contenders, figures, missing, failures };
}

async function runOnce(contender: Contender, work: string): Promise<Cost> {
  const output = join(work, contender.outputName);
  rmSync(output, { force: true });
  contender.prepare?.();
  execFileSync('sync'); // the writing back of an earlier run belongs to nobody's time
  try {
    const { wallSeconds, cpuSeconds, peakRssBytes, output: printed } = await measure(contender.command(output));
    const report = contender.isOurs === true && printed.includes('"report"') ? reportOf(printed) : null;
    const startSeconds = report?.startSeconds ?? 0;
    const syncSeconds = report?.syncSeconds ?? 0;
    return {
      wallSeconds,
      netSeconds: wallSeconds - Math.min(forgivenStart, startSeconds) - syncSeconds,
      startSeconds,
      syncSeconds,
      cpuSeconds,
      peakRssBytes: Math.max(peakRssBytes, report?.peakRssBytes ?? 0),
      outputBytes: statSync(output, { throwIfNoEntry: false })?.size ?? 0,
      told: contender.tell?.(printed, output) ?? null,
    };
  } finally {
    rmSync(output, { force: true });
  }
}

function medianCost(runs: readonly Cost[]): Cost {
  const of = (pick: (cost: Cost) => number): number => median(runs.map(pick));
  const told = runs.flatMap((cost) => (cost.told === null ? [] : [cost.told]));
  return {
    wallSeconds: of((cost) => cost.wallSeconds),
    netSeconds: of((cost) => cost.netSeconds),
    startSeconds: of((cost) => cost.startSeconds),
    syncSeconds: of((cost) => cost.syncSeconds),
    cpuSeconds: of((cost) => cost.cpuSeconds),
    peakRssBytes: of((cost) => cost.peakRssBytes),
    outputBytes: of((cost) => cost.outputBytes),
    told: told.length === 0 ? null : median(told),
  };
}

/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN;
  return (low + high) / 2;
}
