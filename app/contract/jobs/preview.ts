/** Jobs that show shots before anything is exported: thumbnails, waveforms, frames that a browser cannot decode, stills. */
import { z } from 'zod';
import { pictureInputSchema, uint32s } from './shared.ts';
import { soundPartSchema } from './sound-render.ts';

const nothing = z.object({}).readonly();

/** Frames decoded in one go, each run by a decoder of its own. */
const runShape = { input: pictureInputSchema, ranks: uint32s };

export const stripMakeRequest = z.object({
  kind: z.literal('strip.make'),
  runs: z.array(z.object(runShape).readonly()).readonly(),
  /** Rank of each tile, left to right; each stands in a run. A tile that does not decode shows its neighbour. */
  tiles: uint32s,
  /** Written under a temporary name, renamed. */
  path: z.string(),
}).readonly();
export type StripMakeRequest = z.infer<typeof stripMakeRequest>;
export const stripMakeResult = nothing;

export const peaksMakeRequest = z.object({
  kind: z.literal('peaks.make'),
  /** The whole shot: `at` 0. */
  part: soundPartSchema,
  sampleRate: z.int().positive(),
  path: z.string(),
}).readonly();
export type PeaksMakeRequest = z.infer<typeof peaksMakeRequest>;
export const peaksMakeResult = nothing;

export const framesStreamRequest = z.object({
  kind: z.literal('frames.stream'),
  /** Decoded one after the other; frames are sent in the order of `ranks`, as records of app/contract/frame-stream.ts. */
  runs: z.array(z.object({ ...runShape, numbers: uint32s }).readonly()).readonly(),
  width: z.int().min(2),
  height: z.int().min(2),
  /** Unix socket or named pipe on which the host listens; closing it ends the job. Where nobody listens the job fails with `cancelled`. */
  socket: z.string(),
}).readonly();
export type FramesStreamRequest = z.infer<typeof framesStreamRequest>;
export const framesStreamResult = z.object({ frames: z.int().min(0) }).readonly();

export const slatesMakeRequest = z.object({
  kind: z.literal('slates.make'),
  /** Paths of PNG files, and the lines on each. */
  slates: z.array(z.object({ path: z.string(), lines: z.array(z.string()).readonly() }).readonly()).readonly(),
  width: z.int().positive(),
  height: z.int().positive(),
}).readonly();
export type SlatesMakeRequest = z.infer<typeof slatesMakeRequest>;
export const slatesMakeResult = nothing;

export const stillMakeRequest = z.object({ kind: z.literal('still.make'), input: pictureInputSchema, rank: z.int().min(0), path: z.string() }).readonly();
export type StillMakeRequest = z.infer<typeof stillMakeRequest>;
export const stillMakeResult = nothing;
