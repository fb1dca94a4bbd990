/** Index several files in one job: for hundreds of small ones the way to the worker and back costs more than the work. */
import { z } from 'zod';
import type { FlatError } from '../../base/errors.ts';
import type { Source } from '../../domain/source.ts';

export const sourcesIndexRequest = z.object({
  kind: z.literal('sources.index'),
  /** Files; sequences go one by one. */
  paths: z.array(z.string()).readonly(),
  /** As in `source.index`. */
  unpackDir: z.string(),
}).readonly();
export type SourcesIndexRequest = z.infer<typeof sourcesIndexRequest>;

export type IndexedFile = { readonly source: Source; readonly error: null } | { readonly source: null; readonly error: FlatError };

/** One for each path, in their order. */
export const sourcesIndexResult = z.custom<readonly IndexedFile[]>((value) => Array.isArray(value));
