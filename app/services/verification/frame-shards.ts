/** Pieces of the movie as jobs: which packets must be decoded for them, a few hundred frames a job. */
import type { VerifyFramesRequest, VerifySurveyResult } from '../../contract/jobs/movie-verify.ts';
import type { Piece } from './frame-pieces.ts';
import type { FrameOrder } from './survey-findings.ts';

export type FrameShard = { readonly pieces: readonly Piece[]; readonly request: () => VerifyFramesRequest };

/** Frames to compare, and pieces, in one job at most: short enough for progress and for balance between workers. */
const framesPerJob = 480;
const piecesPerJob = 40;

type Survey = NonNullable<VerifySurveyResult['picture']>;
type Run = { readonly first: number; end: number; readonly pieces: Piece[] };

/** All `pieces` must lie within the movie; `hashes`: frames whose hash is wanted, ascending. */
export function frameShards(path: string, pieces: readonly Piece[], hashes: ReadonlySet<number>, survey: Survey, order: FrameOrder): FrameShard[] {
  const shards: FrameShard[] = [];
  let batch: Piece[] = [];
  let frames = 0;
  const flush = (): void => {
    if (batch.length > 0) shards.push(shardOf(path, batch, hashes, survey, order));
    batch = [];
    frames = 0;
  };
  for (const piece of pieces) {
    if (frames + piece.frames > framesPerJob || batch.length === piecesPerJob) flush();
    batch.push(piece);
    frames += piece.frames;
  }
  flush();
  return shards;
}

function shardOf(path: string, pieces: readonly Piece[], hashes: ReadonlySet<number>, survey: Survey, order: FrameOrder): FrameShard {
  return {
    pieces,
    request: () => ({
      kind: 'verify.frames', path,
      stretches: runs(pieces, survey, order).map(({ first, end, pieces: inside }) => ({
        pts: survey.pts[first] ?? 0, dts: survey.dts[first] ?? 0, frames: order.frameOf.slice(first, end), pieces: inside.map((piece) => piece.request()),
      })),
      hashes: Uint32Array.from(pieces.flatMap(({ from, frames }) => Array.from({ length: frames }, (_, i) => from + i).filter((frame) => hashes.has(frame)))),
    }),
  };
}

/** Packets [first, end) for pieces whose packets follow on or overlap: they are decoded in one go, as a player does. */
function runs(pieces: readonly Piece[], survey: Survey, order: FrameOrder): Run[] {
  const found: Run[] = [];
  for (const piece of pieces) {
    const { first, end } = packetsOf(piece, survey, order);
    const last = found.at(-1);
    if (last && first >= last.first && first <= last.end) {
      last.end = Math.max(last.end, end);
      last.pieces.push(piece);
    } else {
      found.push({ first, end, pieces: [piece] });
    }
  }
  return found;
}

/** From the last key packet that is shown and decoded no later than the first frame, to the last packet that shows one of the frames. */
function packetsOf({ from, frames }: Piece, { isKey }: Survey, { frameOf, packetOf }: FrameOrder): { first: number; end: number } {
  let end = 0;
  for (let frame = from; frame < from + frames; frame++) end = Math.max(end, (packetOf[frame] ?? 0) + 1);
  let first = packetOf[from] ?? 0;
  while (first > 0 && !(isKey[first] === 1 && (frameOf[first] ?? 0) <= from)) first--;
  return { first, end };
}
