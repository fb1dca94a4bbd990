/** Recognise a media file, refuse what cannot be taken, and index it. Never loads node-av for ISO-BMFF. */
import { z } from 'zod';
import type { Source } from '../../domain/source.ts';
import { rationalSchema } from './shared.ts';

export const sourceIndexRequest = z.object({
  kind: z.literal('source.index'),
  /** A file, or a sequence's pattern (then `sequence` is given). */
  path: z.string(),
  /** Existing folder for unpacked streams; names in it are keys. */
  unpackDir: z.string(),
  sequence: z.object({ files: z.array(z.string()).readonly(), rate: rationalSchema }).readonly().nullable(),
}).readonly();
export type SourceIndexRequest = z.infer<typeof sourceIndexRequest>;

/** The worker is our own code: the tables are checked for shape where they are stored, in app/storage. */
export const sourceIndexResult = z.custom<Source>((value) => typeof value === 'object' && value !== null && 'fingerprint' in value);
