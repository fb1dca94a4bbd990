/** Render jobs of the programme's sound, each segment once, and the segment of silence that all holes share. */
import type { SoundRenderRequest } from '../../contract/jobs/sound-render.ts';
import { aacFrame, silenceKey, type SoundAction, type SoundPlan } from '../../domain/plan/sound-plan.ts';
import type { SoundSpan } from '../../domain/plan/sound-span.ts';
import { spanParts } from './sound-parts.ts';

export type SoundJob = {
  /** Keys of `request.pieces`, in their order. */
  readonly keys: readonly string[];
  /** Made when the job is sent, so that waiting jobs hold no tables. */
  readonly request: () => SoundRenderRequest;
  /** What is heard in it; empty for silence. */
  readonly spans: readonly SoundSpan[];
  /** Samples of the programme that it makes. */
  readonly samples: number;
  /** The same work with each piece by itself, so that one bad clip fails nothing but its own. */
  readonly apart: () => readonly SoundJob[];
};

export type SoundTarget = {
  readonly isThere: (key: string) => boolean;
  readonly pathFor: (key: string) => string;
  /** Segments outlive the run. */
  readonly isKept: boolean;
  /** Jobs that may usefully be waiting at once. */
  readonly concurrency: number;
};

type Piece = { readonly key: string; readonly from: number; readonly to: number; readonly spans: readonly SoundSpan[]; readonly samples: number };

/** One second of PCM, or so many AAC packets that one of them is surely silent through and through. */
const silentPackets = 5;

/** Of short clips many are made in one job: a decoder is opened, and the disk waited for, once. Seconds of PCM; encoding takes ten times as long. */
const longestJob = { pcm: 60, aac: 6 } as const;
const mostPieces = 32;
/** So many jobs for each that can wait, where there is work enough, so that all workers end together. */
const jobsPerPlace = 3;

export function soundJobs(plan: SoundPlan, target: SoundTarget): SoundJob[] {
  const { format } = plan.profile;
  const isAac = format.codec === 'aac';
  const pieces = new Map<string, Piece>();
  for (const action of plan.actions) {
    if (action.kind !== 'render' || pieces.has(action.key) || target.isThere(action.key)) continue;
    const { key, from, to, spans } = action;
    pieces.set(key, { key, from, to, spans, samples: (to - from) * (isAac ? aacFrame : 1) });
  }
  const total = [...pieces.values()].reduce((sum, { samples }) => sum + samples, 0);
  const longest = Math.min(longestJob[isAac ? 'aac' : 'pcm'] * format.sampleRate, total / (jobsPerPlace * target.concurrency));
  const jobs = batches([...pieces.values()], longest).map((batch) => jobOf(plan, batch, target));
  const key = silenceKey(plan.profile);
  if (needsSilence(plan.actions) && !target.isThere(key)) {
    jobs.push(jobOf(plan, [{ key, from: 0, to: isAac ? silentPackets : format.sampleRate, spans: [], samples: 0 }], target));
  }
  return jobs;
}

export function needsSilence(actions: readonly SoundAction[]): boolean {
  return actions.some((action) => action.kind === 'silence' && action.length > 0);
}

function batches(pieces: readonly Piece[], longest: number): Piece[][] {
  const made: Piece[][] = [];
  let samples = Infinity;
  for (const piece of pieces) {
    const last = made.at(-1);
    if (last && last.length < mostPieces && samples + piece.samples <= longest) last.push(piece);
    else made.push([piece]);
    samples = made.at(-1)?.length === 1 ? piece.samples : samples + piece.samples;
  }
  return made;
}

function jobOf(plan: SoundPlan, pieces: readonly Piece[], target: SoundTarget): SoundJob {
  const { format, bitRate } = plan.profile;
  return {
    keys: pieces.map(({ key }) => key),
    spans: pieces.flatMap(({ spans }) => spans),
    samples: pieces.reduce((sum, { samples }) => sum + samples, 0),
    apart: () => pieces.map((piece) => jobOf(plan, [piece], target)),
    request: () => ({
      kind: 'sound.render', format, bitRate, isKept: target.isKept,
      pieces: pieces.map(({ key, from, to, spans }) => ({ path: target.pathFor(key), from, to, parts: spanParts(spans, format.sampleRate) })),
    }),
  };
}
