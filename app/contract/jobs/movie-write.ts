/** Lay a movie out and write it under a temporary name: header first, every byte once, then sync. The host renames it. */
import { z } from 'zod';
import type { Movie } from '../../domain/movie.ts';

export const movieWriteRequest = z.object({
  kind: z.literal('movie.write'),
  movie: z.custom<Movie>((value) => typeof value === 'object' && value !== null && 'files' in value),
  /** Temporary path in the target's folder; must not exist. */
  path: z.string(),
  /** Size and modification time of each of `movie.files` at planning; a difference ends the job with input.changed. Null: not checked. */
  expected: z.array(z.object({ size: z.number(), modifiedMs: z.number() }).readonly().nullable()).readonly(),
}).readonly();
export type MovieWriteRequest = z.infer<typeof movieWriteRequest>;

export const movieWriteResult = z.object({
  bytes: z.int().min(0),
  /** Bytes that moved through this process or the kernel's copy, shared blocks not counted. */
  bytesMoved: z.int().min(0),
  syncSeconds: z.number().min(0),
}).readonly();
export type MovieWriteResult = z.infer<typeof movieWriteResult>;
