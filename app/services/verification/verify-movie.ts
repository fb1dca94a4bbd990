/** A movie read back through FFmpeg's own demuxer and compared with what its plan promises, or without one only read. */
import { StringoutError } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { Plan } from '../../domain/plan/planned-clip.ts';
import type { SoundPlan } from '../../domain/plan/sound-plan.ts';
import type { Seam, Verification } from '../../domain/verification.ts';
import type { JobRunner } from '../assembly/ports.ts';
import { planPieces, type Piece } from './frame-pieces.ts';
import { frameShards, type FrameShard } from './frame-shards.ts';
import { Findings } from './findings.ts';
import { soundShards, soundWindows, type SoundShard } from './sound-windows.ts';
import { frameOrder, soundFaults, timestampFaults } from './survey-findings.ts';

export type VerifyOptions = {
  /** Every frame; else those beside the seams. Without a plan every frame is decoded. */
  readonly all: boolean;
  readonly signal: AbortSignal;
  /** Frames of the movie. */
  readonly onProgress: (done: number, total: number) => void;
  /** In order, once all is known. */
  readonly onSeam: (seam: Seam) => void;
};

/** Throws `input.missing`, `input.damaged` where there is no movie to read, `decode.failed`, `input.changed` where a source cannot be. */
export async function verifyMovie(path: string, plan: Plan | null, soundPlan: SoundPlan | null, jobs: JobRunner, options: VerifyOptions): Promise<Verification> {
  const { signal } = options;
  const survey = await jobs.run<'verify.survey'>({ kind: 'verify.survey', path }, { signal });
  const { picture } = survey;
  if (!picture) throw new StringoutError('verify.failed', 'has no picture', { file: path });
  const order = frameOrder(picture);
  const findings = new Findings(plan, soundPlan, picture, order);
  findings.say(survey.messages);
  findings.fail(...timestampFaults(picture, order, plan?.profile.rate ?? picture.rate));
  const wrongSound = plan ? soundFaults(survey.sound, soundPlan) : [];
  findings.fail(...wrongSound);

  const pieces = within(plan ? planPieces(plan, options.all) : barePieces(order.count), order.count);
  const frames = frameShards(path, pieces, findings.seamFrames, picture, order);
  const isSoundComparable = soundPlan !== null && survey.sound?.codec === soundPlan.profile.format.codec && survey.sound.channels === soundPlan.profile.format.channels;
  const sounds = plan && isSoundComparable ? soundShards(path, soundWindows(plan, soundPlan, options.all), soundPlan, Math.max(1, Math.ceil(jobs.concurrency / 2))) : [];

  const total = pieces.reduce((sum, piece) => sum + piece.frames, 0);
  const done = new Map<object, number>();
  const progress = (shard: object, count: number): void => {
    done.set(shard, Math.max(count, done.get(shard) ?? 0));
    options.onProgress([...done.values()].reduce((sum, value) => sum + value, 0), total);
  };
  const checkFrames = async (shard: FrameShard): Promise<void> => {
    findings.addFrames(shard, await jobs.run<'verify.frames'>(shard.request(), { signal, onProgress: (now) => { progress(shard, now.done); } }));
    progress(shard, shard.pieces.reduce((sum, piece) => sum + piece.frames, 0));
  };
  const checkSound = async (shard: SoundShard): Promise<void> => {
    findings.addSound(shard, await jobs.run<'verify.sound'>(shard.request(), { signal }));
  };
  const work = [...sounds.map((shard) => () => checkSound(shard)), ...frames.map((shard) => () => checkFrames(shard))];
  await forEachLimited(work, jobs.concurrency, (start) => start());
  for (const seam of findings.seams()) options.onSeam(seam);
  return findings.verification();
}

/** Pieces as far as the movie has their frames; that some are lacking is told by the count. */
function within(pieces: readonly Piece[], count: number): Piece[] {
  return pieces.filter((piece) => piece.from < count).map((piece) => {
    const frames = Math.min(piece.frames, count - piece.from);
    if (frames === piece.frames) return piece;
    return { ...piece, frames, request: () => ({ ...piece.request(), ranks: piece.request().ranks.slice(0, frames) }) };
  });
}

const barePieceFrames = 240;

function barePieces(count: number): Piece[] {
  return Array.from({ length: Math.ceil(count / barePieceFrames) }, (_, i) => {
    const from = i * barePieceFrames;
    const frames = Math.min(barePieceFrames, count - from);
    return { clip: null, from, frames, request: () => ({ clip: '', from, ranks: new Uint32Array(frames), expected: { kind: 'any' } }) };
  });
}
