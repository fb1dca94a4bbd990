/**
 * Encode jobs of a plan: what is not in the cache, each segment once whatever number of clips uses it, and frames that share a
 * group of pictures in one job, so that it is decoded once.
 */
import type { PictureEncodeRequest } from '../../contract/jobs/picture-encode.ts';
import { decodeWindow, samplesByRank } from '../../domain/plan/cut-picture.ts';
import { finerBy } from '../../domain/plan/edge-quality.ts';
import { encodedFormat } from '../../domain/plan/encoders.ts';
import { mostHeld } from '../../domain/plan/held-frames.ts';
import type { Caption } from '../../domain/captions.ts';
import { captionsOf } from '../../domain/plan/overlay.ts';
import type { PictureAction, Plan } from '../../domain/plan/planned-clip.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Picture, Source } from '../../domain/source.ts';
import { blendInput, type BlendAction } from './blend-input.ts';
import { isDeinterlaced, pictureWindow } from './picture-window.ts';

export type PictureJob = {
  readonly request: PictureEncodeRequest;
  /** Keys of `request.outputs`, in their order. */
  readonly keys: readonly string[];
  /** Frames to encode. */
  readonly frames: number;
  /** Clips that need its segments, by index. */
  readonly clips: ReadonlySet<number>;
  /** What it decodes, and where frames are files which of them; null for black. */
  readonly source: Source | null;
  readonly files: readonly string[];
  /** The same work with each output by itself, so that one bad frame fails nothing but its own. */
  readonly apart: () => readonly PictureJob[];
};

type Wanted = {
  readonly key: string;
  readonly clip: string;
  readonly clips: Set<number>;
  readonly source: Source;
  readonly picture: Picture;
  readonly ranks: Uint32Array;
  readonly lowest: number;
  readonly highest: number;
  readonly isEdge: boolean;
  readonly captions: readonly Caption[];
};

/** `isThere`: the segment of that key is at hand. */
export function pictureJobs(plan: Plan, isThere: (key: string) => boolean, pathFor: (key: string) => string): PictureJob[] {
  const wanted = new Map<string, Wanted>();
  const jobs: PictureJob[] = [];
  const blacks = new Map<string, Set<number>>();
  for (const clip of plan.clips) {
    for (const action of clip.actions) {
      if (action.kind === 'copy' || isThere(action.key)) continue;
      const known = wanted.get(action.key)?.clips ?? blacks.get(action.key);
      if (known) {
        known.add(clip.index);
      } else if (action.kind === 'black') {
        const clips = new Set([clip.index]);
        blacks.set(action.key, clips);
        jobs.push(blackJob(plan.profile, clip.name, action, captionsOf(action, null, plan.profile), clips, pathFor));
      } else if (action.kind === 'blend') {
        const clips = new Set([clip.index]);
        blacks.set(action.key, clips);
        jobs.push(blendJob(plan.profile, clip.name, action, captionsOf(action, null, plan.profile), clips, pathFor));
      } else if (clip.source?.picture) {
        let lowest = Infinity;
        let highest = 0;
        for (const rank of action.ranks) {
          lowest = Math.min(lowest, rank);
          highest = Math.max(highest, rank);
        }
        wanted.set(action.key, {
          key: action.key, clip: clip.name, clips: new Set([clip.index]), source: clip.source, picture: clip.source.picture,
          ranks: action.ranks, lowest, highest, isEdge: action.isEdge, captions: captionsOf(action, clip.source, plan.profile),
        });
      }
    }
  }
  for (const group of groupBySource([...wanted.values()])) jobs.push(...sourceJobs(group, plan.profile, pathFor));
  return jobs;
}

function groupBySource(wanted: readonly Wanted[]): Wanted[][] {
  const groups = Map.groupBy(wanted, (item) => `${item.isEdge} ${item.source.fingerprint} ${item.source.path}`);
  return [...groups.values()];
}

/** Decoded frames that wait for a later segment of the same job: more are decoded once again instead. */
const mostWaiting = 16;

/** Most frames in one job: short enough for progress, retries and balance between workers. */
const framesPerJob = 120;

function sourceJobs(wanted: readonly Wanted[], profile: Profile, pathFor: (key: string) => string): PictureJob[] {
  const first = wanted[0];
  if (!first) return [];
  const order = samplesByRank(first.picture.samples);
  const sorted = wanted.toSorted((a, b) => a.lowest - b.lowest || a.highest - b.highest);
  const jobs: PictureJob[] = [];
  let batch: Wanted[] = [];
  let lastSample = -1;
  let frames = 0;
  const flush = (): void => {
    if (batch.length > 0) jobs.push(encodeJob(batch, order, profile, pathFor));
    batch = [];
    frames = 0;
  };
  for (const item of sorted) {
    const window = decodeWindow(item.picture.samples, order, { from: item.lowest, to: item.highest + 1 });
    const sharesGroup = (window[0] ?? 0) <= lastSample;
    const isFull = frames + item.ranks.length > framesPerJob || mostHeld([...batch, item].map(({ ranks }) => ranks)) > mostWaiting;
    if (!sharesGroup || isFull) flush();
    batch.push(item);
    frames += item.ranks.length;
    lastSample = Math.max(batch.length === 1 ? -1 : lastSample, window.at(-1) ?? 0);
  }
  flush();
  return jobs;
}

function encodeJob(batch: readonly Wanted[], order: Uint32Array, profile: Profile, pathFor: (key: string) => string): PictureJob {
  const [first] = batch;
  if (!first) throw new Error('an empty job');
  const { source, picture } = first;
  const lowest = Math.min(...batch.map((item) => item.lowest));
  const highest = Math.max(...batch.map((item) => item.highest));
  const input = pictureWindow(source, picture, order, { from: lowest, to: highest + 1 });
  return {
    source,
    files: source.container === 'sequence' ? [...new Set(input.file)].map((file) => source.files[file] ?? '') : [],
    apart: () => batch.map((item) => encodeJob([item], order, profile, pathFor)),
    keys: batch.map((item) => item.key),
    frames: batch.reduce((sum, item) => sum + item.ranks.length, 0),
    clips: new Set(batch.flatMap((item) => [...item.clips])),
    request: {
      ...common(profile, first.clip, first.isEdge, picture),
      input,
      deinterlace: isDeinterlaced(picture, first.isEdge, profile),
      outputs: batch.map((item) => ({ path: pathFor(item.key), frames: item.ranks, captions: item.captions })),
    },
  };
}

function blackJob(
  profile: Profile, clip: string, { key, frames }: Extract<PictureAction, { kind: 'black' }>, captions: readonly Caption[], clips: ReadonlySet<number>, pathFor: (key: string) => string,
): PictureJob {
  return {
    keys: [key], frames, clips, source: null, files: [], apart: () => [],
    request: { ...common(profile, clip, false, null), input: null, deinterlace: false, outputs: [{ path: pathFor(key), frames: new Uint32Array(frames), captions }] },
  };
}

function blendJob(profile: Profile, clip: string, action: BlendAction, captions: readonly Caption[], clips: ReadonlySet<number>, pathFor: (key: string) => string): PictureJob {
  const { key, frames, from, to } = action;
  const { input, deinterlace, frames: ranks, blend } = blendInput(action, profile);
  return {
    keys: [key], frames, clips, source: (from ?? to)?.source ?? null, files: [], apart: () => [],
    request: { ...common(profile, clip, false, null), input, deinterlace, outputs: [{ path: pathFor(key), frames: ranks, captions, blend }] },
  };
}

type Common = Pick<PictureEncodeRequest, 'kind' | 'clip' | 'format' | 'rate' | 'encoder'>;

function common(profile: Profile, clip: string, isEdge: boolean, picture: Picture | null): Common {
  const { name, options, edgeOptions, threads } = profile.encoder;
  return {
    kind: 'picture.encode', clip, format: encodedFormat(profile.picture), rate: profile.rate,
    encoder: isEdge
      ? { name, options: picture ? finerWhereRicher(edgeOptions, picture, profile) : edgeOptions, threads: 1 }
      : { name, options, threads },
  };
}

function finerWhereRicher(options: Readonly<Record<string, string>>, picture: Picture, profile: Profile): Readonly<Record<string, string>> {
  const qp = options['qp'];
  if (qp === undefined || profile.picture.codec !== 'h264') return options;
  return { ...options, qp: String(Number(qp) - finerBy(picture)) };
}
