/** Lay a movie out without writing it: byte runs of files that, one after the other, are the movie. MP4 and MOV only. */
import { z } from 'zod';
import { movieWriteRequest } from './movie-write.ts';
import { float64s, uint32s } from './shared.ts';

export const layoutMakeRequest = z.object({
  kind: z.literal('layout.make'),
  movie: movieWriteRequest.unwrap().shape.movie,
  /** Where the header and rewritten samples go; must not exist. */
  path: z.string(),
  expected: movieWriteRequest.unwrap().shape.expected,
}).readonly();
export type LayoutMakeRequest = z.infer<typeof layoutMakeRequest>;

export const layoutMakeResult = z.object({
  files: z.array(z.string()).readonly(),
  /** Columns: run i is [offset, offset + length) of files[file]. */
  file: uint32s,
  offset: float64s,
  length: float64s,
  /** Of the movie. */
  bytes: z.int().min(0),
}).readonly();
export type LayoutMakeResult = z.infer<typeof layoutMakeResult>;
