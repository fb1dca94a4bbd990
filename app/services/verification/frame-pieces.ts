/** What each stretch of the movie must show, from its plan. */
import type { VerifyPiece } from '../../contract/jobs/movie-verify.ts';
import { samplesByRank, type RankRange } from '../../domain/plan/cut-picture.ts';
import type { Caption } from '../../domain/captions.ts';
import { captionsOf } from '../../domain/plan/overlay.ts';
import { actionFrames, type PictureAction, type Plan, type PlannedClip } from '../../domain/plan/planned-clip.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Picture, Source } from '../../domain/source.ts';
import { blendInput } from '../assembly/blend-input.ts';
import { isDeinterlaced, pictureWindow } from '../assembly/picture-window.ts';

export type Piece = {
  readonly clip: PlannedClip | null;
  /** Frames [from, from + frames) of the movie. */
  readonly from: number;
  readonly frames: number;
  /** Made when the job is sent, so that waiting jobs hold no tables. */
  readonly request: () => VerifyPiece;
};

/** Frames of a piece at most; encoded ones stay whole, since filters look at neighbours. */
const mostFrames = 480;

/** `all`: every frame; else the first and the last of each clip. In order. */
export function planPieces(plan: Plan, all: boolean): Piece[] {
  const orders = new Map<Picture, Uint32Array>();
  return plan.clips.flatMap((clip) => {
    const pieces: Piece[] = [];
    let next = clip.firstFrame;
    for (const action of clip.actions) {
      const begin = next;
      const frames = actionFrames(action);
      const isLast = action === clip.actions.at(-1);
      for (const [start, end] of all ? chunks(action, frames) : ends(frames, action === clip.actions[0], isLast)) {
        pieces.push({ clip, from: begin + start, frames: end - start, request: () => pieceOf(clip, action, begin, start, end, plan.profile, orders) });
      }
      next += frames;
    }
    return pieces;
  });
}

type Span = readonly [start: number, end: number];

function chunks(action: PictureAction, frames: number): Span[] {
  if (action.kind !== 'copy') return [[0, frames]];
  const count = Math.ceil(frames / mostFrames);
  return Array.from({ length: count }, (_, i) => [Math.floor((i * frames) / count), Math.floor(((i + 1) * frames) / count)]);
}

function ends(frames: number, isFirst: boolean, isLast: boolean): Span[] {
  if (frames === 1) return isFirst || isLast ? [[0, 1]] : [];
  return [...(isFirst ? [[0, 1] as const] : []), ...(isLast ? [[frames - 1, frames] as const] : [])];
}

function pieceOf(
  clip: PlannedClip, action: PictureAction, first: number, start: number, end: number, profile: Profile, orders: Map<Picture, Uint32Array>,
): VerifyPiece {
  const from = first + start;
  const { source, name } = clip;
  const picture = source?.picture;
  if (action.kind === 'blend') {
    const { input, deinterlace, frames: ranks, blend } = blendInput(action, profile, start, end);
    return { clip: name, from, ranks, expected: { kind: 'alike', input, format: profile.picture, deinterlace, captions: captionsAt(action, null, profile, start, end), blend } };
  }
  if (action.kind === 'black' || !source || !picture) {
    return { clip: name, from, ranks: new Uint32Array(end - start), expected: { kind: 'alike', input: null, format: profile.picture, deinterlace: false, captions: captionsAt(action, source, profile, start, end) } };
  }
  const ranks = action.kind === 'encode' ? action.ranks.slice(start, end) : copiedRanks(action.samples, picture, start, end);
  const order = orders.get(picture) ?? samplesByRank(picture.samples);
  orders.set(picture, order);
  const input = pictureWindow(source, picture, order, rangeOf(ranks));
  if (action.kind === 'copy') return { clip: name, from, ranks, expected: { kind: 'same', input } };
  const deinterlace = isDeinterlaced(picture, action.isEdge, profile);
  return { clip: name, from, ranks, expected: { kind: 'alike', input, format: profile.picture, deinterlace, captions: captionsAt(action, source, profile, start, end) } };
}

/** Of frames [start, end) of the action. */
function captionsAt(action: PictureAction, source: Source | null, profile: Profile, start: number, end: number): Caption[] {
  if (action.kind === 'copy') return [];
  return captionsOf(action, source, profile).map(({ place, text }) => ({ place, text: text.length === 1 ? text : text.slice(start, end) }));
}

/** Copied samples show consecutive ranks. */
function copiedRanks(samples: Uint32Array, picture: Picture, start: number, end: number): Uint32Array {
  let lowest = Infinity;
  for (const sample of samples) lowest = Math.min(lowest, picture.samples.rank[sample] ?? 0);
  return Uint32Array.from({ length: end - start }, (_, i) => lowest + start + i);
}

function rangeOf(ranks: Uint32Array): RankRange {
  let from = Infinity;
  let to = 0;
  for (const rank of ranks) {
    from = Math.min(from, rank);
    to = Math.max(to, rank + 1);
  }
  return { from, to };
}
