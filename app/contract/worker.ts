/**
 * The worker protocol: every message between the host and a worker process. One job at a time; a job ends in exactly one of
 * `done` or `failed`, or in the exit of the process.
 */
import { z } from 'zod';
import { errorCodes } from '../base/errors.ts';
import { fileHashRequest, fileHashResult } from './jobs/file-hash.ts';
import { footageMakeRequest, footageMakeResult } from './jobs/footage-make.ts';
import { verifyFramesRequest, verifyFramesResult, verifySoundRequest, verifySoundResult, verifySurveyRequest, verifySurveyResult } from './jobs/movie-verify.ts';
import { layoutMakeRequest, layoutMakeResult } from './jobs/layout-make.ts';
import { movieWriteRequest, movieWriteResult } from './jobs/movie-write.ts';
import {
  framesStreamRequest, framesStreamResult, peaksMakeRequest, peaksMakeResult, slatesMakeRequest, slatesMakeResult, stillMakeRequest, stillMakeResult, stripMakeRequest, stripMakeResult,
} from './jobs/preview.ts';
import { pictureEncodeRequest, pictureEncodeResult } from './jobs/picture-encode.ts';
import { soundRenderRequest, soundRenderResult } from './jobs/sound-render.ts';
import { sourceIndexRequest, sourceIndexResult } from './jobs/source-index.ts';
import { sourcesIndexRequest, sourcesIndexResult } from './jobs/sources-index.ts';

/** Every job: its request and its result. A new job is one file in jobs/ and one line in each of these. */
export const jobRequestSchema = z.discriminatedUnion('kind', [
  sourceIndexRequest, sourcesIndexRequest, pictureEncodeRequest, soundRenderRequest, movieWriteRequest, layoutMakeRequest, footageMakeRequest, stripMakeRequest, peaksMakeRequest, framesStreamRequest, stillMakeRequest, slatesMakeRequest,
  verifySurveyRequest, verifyFramesRequest, verifySoundRequest, fileHashRequest,
]);
export const jobResultSchemas = {
  'source.index': sourceIndexResult,
  'sources.index': sourcesIndexResult,
  'picture.encode': pictureEncodeResult,
  'sound.render': soundRenderResult,
  'movie.write': movieWriteResult,
  'layout.make': layoutMakeResult,
  'strip.make': stripMakeResult,
  'peaks.make': peaksMakeResult,
  'frames.stream': framesStreamResult,
  'still.make': stillMakeResult,
  'slates.make': slatesMakeResult,
  'footage.make': footageMakeResult,
  'verify.survey': verifySurveyResult,
  'verify.frames': verifyFramesResult,
  'verify.sound': verifySoundResult,
  'file.hash': fileHashResult,
} as const;

export type JobRequest = z.infer<typeof jobRequestSchema>;
export type JobKind = JobRequest['kind'];
export type JobResult<K extends JobKind> = z.infer<(typeof jobResultSchemas)[K]>;

/** Progress of a job in units of its kind: frames (picture), samples (sound), bytes (index, write, hash), shots (footage). Monotonic. */
export const jobProgressSchema = z.object({ done: z.number().min(0), total: z.number().min(0) }).readonly();
export type JobProgress = z.infer<typeof jobProgressSchema>;

export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.int(), request: jobRequestSchema }).readonly(),
  /** Polite: the job ends with `cancelled` at its next checkpoint; the pool kills after a grace period. */
  z.object({ type: z.literal('cancel'), id: z.int() }).readonly(),
  z.object({ type: z.literal('exit') }).readonly(),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

const flatErrorSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  place: z.object({ file: z.string().optional(), line: z.number().optional(), clip: z.string().optional() }).readonly(),
}).readonly();

/** Resident bytes of the worker, where the host cannot see them by itself (outside Linux). */
const residentSchema = z.int().min(0).optional();

export const workerMessageSchema = z.discriminatedUnion('type', [
  /** Handshake: sent once, after priority is set and before anything else. */
  z.object({ type: z.literal('ready'), pid: z.int(), protocol: z.int() }).readonly(),
  z.object({ type: z.literal('progress'), id: z.int(), progress: jobProgressSchema, rss: residentSchema }).readonly(),
  z.object({ type: z.literal('done'), id: z.int(), result: z.unknown(), rss: residentSchema }).readonly(),
  z.object({ type: z.literal('failed'), id: z.int(), error: flatErrorSchema }).readonly(),
]);
export type WorkerMessage = z.infer<typeof workerMessageSchema>;

/** Raised with every change of a message's meaning; a worker of another version is refused. */
export const workerProtocolVersion = 1;
