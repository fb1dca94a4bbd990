/** Which samples of a source give some of its frames, grouped so that little is decoded that nobody sees. Pure. */
import type { PictureInput } from '../../contract/jobs/shared.ts';
import { samplesByRank } from '../../domain/plan/cut-picture.ts';
import { sampleFlags, type Picture, type Source } from '../../domain/source.ts';
import { pictureWindow, samplesInput } from '../assembly/picture-window.ts';

export type SampleRun = { readonly input: PictureInput; readonly ranks: Uint32Array };

type Tables = {
  /** The sample of each rank. */
  readonly order: Uint32Array;
  /** Every sample stands alone. */
  readonly isIntra: boolean;
};

const known = new WeakMap<Picture, Tables>();
const starts = sampleFlags.sync | sampleFlags.closed | sampleFlags.cra;

export function tablesOf(picture: Picture): Tables {
  const made = known.get(picture);
  if (made) return made;
  const { samples } = picture;
  const tables = { order: samplesByRank(samples), isIntra: samples.flags.every((flags) => (flags & (sampleFlags.closed | sampleFlags.secondField)) === sampleFlags.closed) };
  known.set(picture, tables);
  return tables;
}

/** The last sample at or before that of `rank`, in decode order, from which decoding gives that rank. */
export function startOf({ samples }: Picture, order: Uint32Array, rank: number): number {
  let start = order[rank] ?? 0;
  while (start > 0 && !(((samples.flags[start] ?? 0) & starts) !== 0 && (samples.rank[start] ?? 0) <= rank)) start--;
  return start;
}

/**
 * Runs for ascending `ranks`. A new one begins where decoding can start more than `mostBetween` samples after what the run before needs:
 * decoding a few more samples costs less than another decoder.
 */
export function sampleRuns(source: Source, picture: Picture, ranks: Uint32Array, mostBetween: number): SampleRun[] {
  const { order, isIntra } = tablesOf(picture);
  if (ranks.length === 0) return [];
  if (isIntra) return [{ ranks, input: samplesInput(source, picture, Uint32Array.from(new Set(ranks.map((rank) => order[rank] ?? 0)))) }];
  const runs: SampleRun[] = [];
  let first = 0;
  let last = order[ranks[0] ?? 0] ?? 0;
  const end = (next: number): void => {
    const own = ranks.slice(first, next);
    runs.push({ ranks: own, input: pictureWindow(source, picture, order, { from: own[0] ?? 0, to: (own.at(-1) ?? 0) + 1 }) });
    first = next;
  };
  for (let i = 1; i < ranks.length; i++) {
    const rank = ranks[i] ?? 0;
    const sample = order[rank] ?? 0;
    if (sample > last + mostBetween && startOf(picture, order, rank) > last + mostBetween) end(i);
    last = Math.max(last, sample);
  }
  end(ranks.length);
  return runs;
}
