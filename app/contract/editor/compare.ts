/** Two cuts compared, as an interface shows them. */
import { z } from 'zod';
import { changeStates } from '../../domain/diff/model.ts';
import { frameSchema, rateSchema } from './rows.ts';

const cutPath = z.string().min(1).max(10_000).nullable();

/** Paths of timeline files of any format; null is the project's sequence. `handles`: frames that exist beyond the old ranges; null: as the old cut tells. */
export const cutChoiceSchema = z.object({ old: cutPath, now: cutPath, handles: z.int().min(0).max(100_000).nullable() }).readonly();
export type CutChoice = z.infer<typeof cutChoiceSchema>;

/** `startFrame`: label of the cut's first frame, at its rate. `notes`: what was understood otherwise while it was read. */
const cutSchema = z.object({ name: z.string(), format: z.string(), rate: rateSchema, startFrame: frameSchema, isDropFrame: z.boolean(), notes: z.array(z.string()).readonly() }).readonly();

/** Frames from the cut's first, at the cut's rate. */
const placeSchema = z.object({ start: frameSchema, length: frameSchema }).readonly().nullable();

export const comparisonSchema = z.object({
  old: cutSchema, now: cutSchema,
  warnings: z.array(z.string()).readonly(),
  rows: z.array(z.object({
    state: z.enum(changeStates), name: z.string(),
    /** "V1", "A2". */
    track: z.string(),
    old: placeSchema, now: placeSchema,
    /** Frames gained at each end (lost, negative), and by which it begins later, at the new cut's rate. */
    head: frameSchema, tail: frameSchema, shift: frameSchema,
    reason: z.string(),
  }).readonly()).readonly(),
}).readonly();
export type Comparison = z.infer<typeof comparisonSchema>;
export type ComparedRow = Comparison['rows'][number];

export const savedTimelineSchema = z.object({
  path: z.string(),
  /** For people. */
  format: z.string(),
  losses: z.array(z.object({ element: z.string(), message: z.string() }).readonly()).readonly(),
}).readonly();
export type SavedTimeline = z.infer<typeof savedTimelineSchema>;
