/** What an export is: settings as people choose them, and a job as it runs. */
import { z } from 'zod';
import { containers, profileNames } from '../../domain/profile.ts';
import { frameSchema, idSchema, rateSchema } from './rows.ts';

export const exportSettingsSchema = z.object({
  profile: z.enum(profileNames),
  /** "hq", "lt", ... of prores and dnxhr; null: the usual one. */
  flavour: z.string().max(20).nullable(),
  container: z.enum(containers),
  /** Encoder's quality; null: the usual one. */
  crf: z.int().min(0).max(63).nullable(),
  preset: z.string().max(40).nullable(),
  size: z.object({ width: z.int().min(16).max(16_384), height: z.int().min(16).max(16_384) }).readonly().nullable(),
  rate: rateSchema.nullable(),
  sound: z.enum(['exact', 'packets', 'none']),
  /** Only [in, out) of the programme, in frames; null: all. */
  range: z.object({ from: frameSchema, to: frameSchema }).readonly().nullable(),
  chapters: z.enum(['none', 'clips', 'markers']),
  /** One movie; or, in a folder of the movie's name, each clip as a file of its own, or each sound track as a WAV file as long as the movie. */
  form: z.enum(['movie', 'clips', 'stems']),
  /** Frames of the sequence kept on both sides of each clip, where its shot has them; of clips alone. */
  handles: z.int().min(0).max(10_000),
  /** Written over every frame; all of it is encoded then. */
  burnIn: z.object({ timecode: z.boolean(), sourceTimecode: z.boolean(), frame: z.boolean(), shot: z.boolean(), text: z.string().max(200) }).readonly().nullable().default(null),
  /** Two seconds with the sequence's name, length and date before the movie. */
  slate: z.boolean().default(false),
  verify: z.boolean(),
}).readonly();
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

export const usualExport: ExportSettings = {
  profile: 'match', flavour: null, container: 'mov', crf: null, preset: null, size: null, rate: null, sound: 'exact', range: null, chapters: 'none', form: 'movie', handles: 0, burnIn: null, slate: false, verify: true,
};

export const jobStates = ['queued', 'running', 'paused', 'done', 'failed', 'cancelled', 'interrupted'] as const;
export type JobState = (typeof jobStates)[number];

export const jobSchema = z.object({
  id: idSchema,
  kind: z.enum(['export', 'bringIn', 'proxies', 'pulls', 'stems', 'review', 'conform', 'relink']),
  label: z.string(),
  state: z.enum(jobStates),
  /** What is being done, in words; "" where there is nothing to say. */
  phase: z.string(),
  /** 0..1, never falling while it runs. */
  progress: z.number().min(0).max(1),
  etaSeconds: z.number().nullable(),
  /** "214 frames a second", "" unknown. */
  throughput: z.string(),
  output: z.string().nullable(),
  /** Why it failed and what to do; null where it did not. */
  problem: z.string().nullable(),
  warnings: z.array(z.string()).readonly(),
  /** Sentences of the report, once it is done. */
  result: z.array(z.string()).readonly(),
  created: z.number(),
  ended: z.number().nullable(),
}).readonly();
export type Job = z.infer<typeof jobSchema>;
