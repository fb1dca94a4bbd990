/** Whole hashes of a file, all in one pass over its bytes. */
import { z } from 'zod';

/** c4 is SHA-512 written as SMPTE ST 2114 has it. */
export const hashMethods = ['md5', 'sha1', 'xxh64', 'c4'] as const;
export type HashMethod = (typeof hashMethods)[number];

export const fileHashRequest = z.object({
  kind: z.literal('file.hash'),
  path: z.string(),
  methods: z.array(z.enum(hashMethods)).readonly(),
}).readonly();
export type FileHashRequest = z.infer<typeof fileHashRequest>;

export const fileHashResult = z.object({
  bytes: z.int().min(0),
  /** In the order asked for; hexadecimal in lower case, c4 as it is written. */
  hashes: z.array(z.object({ method: z.enum(hashMethods), value: z.string() }).readonly()).readonly(),
}).readonly();
export type FileHashResult = z.infer<typeof fileHashResult>;
