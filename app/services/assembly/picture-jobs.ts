/**
 * Encode jobs of a plan: what is not in the cache, each segment once whatever number of clips uses it, and frames that share a
 * group of pictures in one job, so that it is decoded once.
 */
import type { PictureEncodeRequest } from '../../contract/jobs/picture-encode.ts';
import { decodeWindow, samplesByRank } from '../../domain/plan/cut-picture.ts';
import { bitDepth, encodedFormat } from '../../domain/plan/encoders.ts';
import type { Plan } from '../../domain/plan/planned-clip.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Picture, Source } from '../../domain/source.ts';
import { isDeinterlaced, pictureWindow } from './picture-window.ts';

export type PictureJob = {
  readonly request: PictureEncodeRequest;
  /** Keys of `request.outputs`, in their order. */
  readonly keys: readonly string[];
  /** Frames to encode. */
  readonly frames: number;
  /** Clips that need its segments, by index. */
  readonly clips: ReadonlySet<number>;
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
        jobs.push(blackJob(plan.profile, clip.name, action.key, action.frames, clips, pathFor));
      } else if (clip.source?.picture) {
        let lowest = Infinity;
        let highest = 0;
        for (const rank of action.ranks) {
          lowest = Math.min(lowest, rank);
          highest = Math.max(highest, rank);
        }
        wanted.set(action.key, {
          key: action.key, clip: clip.name, clips: new Set([clip.index]), source: clip.source, picture: clip.source.picture,
          ranks: action.ranks, lowest, highest, isEdge: action.isEdge,
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
    if (!sharesGroup || frames + item.ranks.length > framesPerJob) flush();
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
  return {
    keys: batch.map((item) => item.key),
    frames: batch.reduce((sum, item) => sum + item.ranks.length, 0),
    clips: new Set(batch.flatMap((item) => [...item.clips])),
    request: {
      ...common(profile, first.clip, first.isEdge, picture),
      input: pictureWindow(source, picture, order, { from: lowest, to: highest + 1 }),
      deinterlace: isDeinterlaced(picture, first.isEdge, profile),
      outputs: batch.map((item) => ({ path: pathFor(item.key), frames: item.ranks })),
    },
  };
}

function blackJob(profile: Profile, clip: string, key: string, frames: number, clips: ReadonlySet<number>, pathFor: (key: string) => string): PictureJob {
  return {
    keys: [key], frames, clips,
    request: { ...common(profile, clip, false, null), input: null, deinterlace: false, outputs: [{ path: pathFor(key), frames: new Uint32Array(frames) }] },
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

/**
 * The edge's quantiser follows the source's own: footage with many bits a pixel keeps detail that the default would lose.
 * Steps of 3, so that few encoder settings (and parameter sets) are in use at once.
 */
function finerWhereRicher(options: Readonly<Record<string, string>>, picture: Picture, profile: Profile): Readonly<Record<string, string>> {
  const qp = options['qp'];
  if (qp === undefined) return options;
  const { width, height, pixelFormat } = picture.format;
  let bytes = 0;
  for (const size of picture.samples.size) bytes += size;
  const bitsPerPixel = (8 * bytes) / Math.max(1, picture.samples.count) / (width * height) / (bitDepth(pixelFormat) / 8);
  const finer = bitsPerPixel > 0.8 ? 6 : bitsPerPixel > 0.3 ? 3 : 0;
  return profile.picture.codec === 'h264' ? { ...options, qp: String(Number(qp) - finer) } : options;
}
