/** Missing shots and the files found for them; what the words mean stands with the types in app/domain/relink/model.ts. */
import { z } from 'zod';
import type { Fit, LinkStatus } from '../../domain/relink/model.ts';
import { idSchema } from './rows.ts';

const unfit = ['partial', 'elsewhere', 'rate', 'kind', 'noTimecode', 'version', 'unreadable', 'unread'] as const;
const path = z.string().min(1).max(10_000);

export const relinkAnswersSchema = z.array(z.object({ shotId: idSchema, path }).readonly()).max(100_000).readonly();

export const shotLinksSchema = z.object({
  folder: z.string(),
  /** Media below the folder, and those of them that were looked into. */
  listed: z.int(), read: z.int(),
  links: z.array(z.object({
    shotId: idSchema,
    status: z.enum(['found', 'online', 'ambiguous', 'weak', 'missing', ...unfit]) satisfies z.ZodType<LinkStatus>,
    /** What is chosen; null: nothing. */
    path: z.string().nullable(),
    /** Why, in a sentence without its full stop. */
    reason: z.string(),
    /** Best first, the chosen one among them. */
    candidates: z.array(z.object({ path: z.string(), fit: z.enum(['covers', ...unfit]) satisfies z.ZodType<Fit>, reason: z.string() }).readonly()).readonly(),
  }).readonly()).readonly(),
}).readonly();
export type ShotLinks = z.infer<typeof shotLinksSchema>;
export type ShotLink = ShotLinks['links'][number];
