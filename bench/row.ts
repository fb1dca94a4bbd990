/** A row of the benchmark: the same work done by several contenders in turn, and the figures that follow. */
import type { Command } from './measure/measure.ts';

export type Contender = {
  /** Short and unique within the row: figures name it. */
  readonly name: string;
  readonly isOurs?: boolean;
  /** What must be installed, and where it comes from. */
  readonly needs?: { readonly program: string; readonly package: string };
  readonly outputName: string;
  /** Untimed, before each run. */
  readonly prepare?: () => void;
  readonly command: (output: string) => Command;
  /** A number that only this contender can tell, from what it printed and wrote; kept as `told`. */
  readonly tell?: (printed: string, output: string) => number;
};

/** Medians over a contender's runs. */
export type Cost = {
  readonly wallSeconds: number;
  /** Wall time without start-up (at most 0.3 s) and without the final sync, which no peer does. Equal to wall for peers. */
  readonly netSeconds: number;
  readonly startSeconds: number;
  readonly syncSeconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  readonly outputBytes: number;
  readonly told: number | null;
};

export type Figure = {
  readonly label: string;
  readonly unit: 'x' | 'MB' | 'ms' | '%' | 'a second';
  /** What is asked of it; for 'a second' at least, for the others at most. */
  readonly limit: number;
  readonly aim?: number;
  /** Null where a contender it needs was not there. */
  readonly of: (cost: (name: string) => Cost | null) => number | null;
};

export type Row = {
  readonly id: string;
  readonly title: string;
  /** How the sound was made, and whatever else must be known to read the row. */
  readonly note: string;
  readonly repeats: number;
  readonly contenders: readonly Contender[];
  readonly figures: readonly Figure[];
  /** Untimed, after all runs. */
  readonly cleanUp?: () => void;
};

/** Ours over a peer, in net wall time. */
export function wallRatio(ours: string, peer: string, limit: number, aim?: number): Figure {
  return {
    label: `${ours} / ${peer}`,
    unit: 'x',
    limit,
    ...(aim === undefined ? {} : { aim }),
    of: (cost) => ratio(cost(ours)?.netSeconds, cost(peer)?.netSeconds),
  };
}

export function peakMemory(name: string, limit: number, aim?: number): Figure {
  const of: Figure['of'] = (cost) => megabytes(cost(name)?.peakRssBytes);
  return { label: `peak memory, ${name}`, unit: 'MB', limit, ...(aim === undefined ? {} : { aim }), of };
}

export function ratio(part: number | undefined, whole: number | undefined): number | null {
  return part === undefined || whole === undefined ? null : part / whole;
}

function megabytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : bytes / 1e6;
}
