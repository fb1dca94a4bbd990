/** Stringout as a contender: its command line, started as a user starts it on a machine with Node 24. */
import { fileURLToPath } from 'node:url';
import type { Contender } from './row.ts';

const launcher = fileURLToPath(new URL('../scripts/stringout.mjs', import.meta.url));

export type OurReport = { readonly startSeconds: number; readonly syncSeconds: number; readonly peakRssBytes: number };

export function ours(input: string, outputName: string, options: readonly string[], more: Partial<Contender> = {}): Contender {
  return {
    name: 'ours',
    isOurs: true,
    outputName,
    command: (output) => ({ program: process.execPath, args: [launcher, 'assemble', input, '-o', output, '--json', ...options] }),
    ...more,
  };
}

/** The object of that event among the lines that were printed; throws where there is none. */
export function eventOf(printed: string, event: string): Record<string, unknown> {
  for (const line of printed.trimEnd().split('\n').toReversed()) {
    const value: unknown = line.startsWith('{') ? JSON.parse(line) : null;
    if (typeof value === 'object' && value !== null && 'event' in value && value.event === event) return { ...value };
  }
  throw new Error(`stringout printed no ${event}: ${printed.slice(-500)}`);
}

export function reportOf(printed: string): OurReport {
  const report = eventOf(printed, 'report');
  const number = (name: string): number => {
    const value = report[name];
    if (typeof value !== 'number') throw new Error(`stringout's report has no number ${name}`);
    return value;
  };
  return { startSeconds: number('startSeconds'), syncSeconds: number('syncSeconds'), peakRssBytes: number('peakRssBytes') };
}
