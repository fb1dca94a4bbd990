/**
 * THE contract of the editor: every command and every event between an interface and its host. A `query` changes nothing, a `mutation` can be
 * undone, an `action` changes the world outside history, a `job` returns a reference at once and tells of itself by events.
 * Media and pictures travel by URL, never here.
 */
import { z } from 'zod';
import { comparisonSchema, cutChoiceSchema, savedTimelineSchema } from './compare.ts';
import { editSchema, shotRangesSchema } from './edit-schema.ts';
import { exportSettingsSchema, jobSchema } from './export-settings.ts';
import { relinkAnswersSchema, shotLinksSchema } from './relink-schema.ts';
import { changeSchema, clipSchema, idSchema, markerSchema, sequenceSchema, shotSchema, trackSchema } from './rows.ts';

type CommandKind = 'query' | 'mutation' | 'action' | 'job';

function command<Kind extends CommandKind, Input extends z.ZodType, Output extends z.ZodType>(kind: Kind, input: Input, output: Output) {
  return { kind, input, output } as const;
}

const nothing = z.object({}).readonly();
const path = z.string().min(1).max(10_000);
const jobReference = z.object({ jobId: idSchema }).readonly();

export const historySchema = z.object({
  /** What undo and redo would do next, in words; null: nothing. */
  undo: z.string().nullable(), redo: z.string().nullable(),
}).readonly();
export type History = z.infer<typeof historySchema>;

export const edited = z.object({ revision: z.int(), history: historySchema }).readonly();

/** Steps of the flattened picture, in columns: `kind` 0 copy, 1 smart, 2 encode, 3 cached, 4 black; `reason` counts in `reasons`. */
export const costSchema = z.object({
  revision: z.int(),
  start: z.array(z.int()).readonly(),
  length: z.array(z.int()).readonly(),
  clipId: z.array(z.int()).readonly(),
  kind: z.array(z.int()).readonly(),
  reason: z.array(z.int()).readonly(),
  reasons: z.array(z.string()).readonly(),
  steps: z.object({ copy: z.int(), smart: z.int(), encode: z.int(), cached: z.int() }).readonly(),
  framesToEncode: z.int(),
  bytesToCopy: z.number(),
  expectedSeconds: z.number(),
  /** Clips that are conformed, and what would make them cheap. */
  outliers: z.array(z.object({ shotId: idSchema, reason: z.string() }).readonly()).readonly(),
  profile: z.string(),
  /** What each way of making the sound takes, in seconds of one core, and how far `packets` may lie from its picture. Absent until planned. */
  sound: z.object({ exactSeconds: z.number(), packetsSeconds: z.number(), packetsMaxOffsetSamples: z.int() }).readonly().nullable().optional(),
  /** Why there is no plan ("shot 12 is missing"); null where there is one. */
  problem: z.string().nullable(),
}).readonly();
export type Cost = z.infer<typeof costSchema>;

export const projectSchema = z.object({
  path: z.string(), name: z.string(), revision: z.int(), history: historySchema,
  /** Why nothing can be changed ("open in another window"); null: it can. */
  readOnly: z.string().nullable(),
  sequence: sequenceSchema,
  shots: z.array(shotSchema).readonly(), tracks: z.array(trackSchema).readonly(), clips: z.array(clipSchema).readonly(), markers: z.array(markerSchema).readonly(),
  jobs: z.array(jobSchema).readonly(),
  exportSettings: exportSettingsSchema,
  watched: z.array(z.string()).readonly(),
  usesProxies: z.boolean(),
}).readonly();
export type ProjectSnapshot = z.infer<typeof projectSchema>;

export const shotFieldsSchema = z.object({
  name: z.string().min(1).max(500), scene: z.string().max(500).nullable(), take: z.string().max(500).nullable(), reel: z.string().max(500).nullable(),
  note: z.string().max(10_000), tags: z.array(z.string().max(500)).max(100).readonly(), rating: z.int().min(0).max(5), isCircled: z.boolean(),
}).partial().readonly();
export type ShotFields = z.infer<typeof shotFieldsSchema>;

const folderEntry = z.object({ name: z.string(), path: z.string(), kind: z.enum(['folder', 'media', 'timeline', 'project', 'other']), bytes: z.number() }).readonly();

export const commands = {
  'host.info': command('query', nothing, z.object({
    version: z.string(), host: z.enum(['browser', 'desktop']), platform: z.string(), roots: z.array(z.string()).readonly(),
    /** Prefix of this project's media URLs, with no slash at its end. */
    mediaBase: z.string(),
    /** What encodes each profile, and why. */
    hardware: z.array(z.object({
      format: z.string(), codec: z.string(), useGPU: z.boolean(), cores: z.int(), memoryLimit: z.number(), chunkSize: z.int(), reason: z.string(),
    }).readonly()).readonly(),
  }).readonly()),
  'files.list': command('query', z.object({ folder: z.string().nullable() }).readonly(), z.object({ folder: z.string(), parent: z.string().nullable(), entries: z.array(folderEntry).readonly() }).readonly()),
  'project.load': command('query', nothing, projectSchema),
  'project.edit': command('mutation', z.object({ edit: editSchema }).readonly(), edited),
  'project.undo': command('action', nothing, edited),
  'project.redo': command('action', nothing, edited),
  'shots.bringIn': command('job', z.object({ paths: z.array(path).max(100_000).readonly() }).readonly(), jobReference),
  /** A shot list, a timeline or a folder becomes clips after the last one. */
  'timeline.import': command('job', z.object({ path }).readonly(), jobReference),
  'shots.set': command('mutation', z.object({ shotIds: z.array(idSchema).readonly(), fields: shotFieldsSchema }).readonly(), edited),
  /** Out of the project, with their clips; files stay. */
  'shots.remove': command('mutation', z.object({ shotIds: z.array(idSchema).readonly() }).readonly(), edited),
  'shots.search': command('query', z.object({ text: z.string().max(500) }).readonly(), z.object({ shotIds: z.array(idSchema).readonly() }).readonly()),
  /** Looks below a folder for the files of all missing shots; what it found is asked for with `relink.links`. */
  'relink.search': command('job', z.object({ folder: path }).readonly(), jobReference),
  /** What an ended search found, with files that the user chose: its siblings learn from each. */
  'relink.links': command('query', z.object({ jobId: idSchema, answers: relinkAnswersSchema }).readonly(), shotLinksSchema),
  /** Shots have these files from now on, and their clips show the same frames of them by timecode. */
  'relink.apply': command('mutation', z.object({ links: relinkAnswersSchema }).readonly(), edited),
  'cost.get': command('query', nothing, costSchema),
  /** Encodes the outliers ahead, into the cache: the export then copies them. */
  'outliers.conform': command('job', nothing, jobReference),
  'export.settings': command('action', z.object({ settings: exportSettingsSchema }).readonly(), nothing),
  'export.start': command('job', z.object({ settings: exportSettingsSchema, output: path }).readonly(), jobReference),
  /** The sequence as a timeline file in the format that its name says, with what that cannot carry. */
  'timeline.export': command('action', z.object({ output: path }).readonly(), savedTimelineSchema),
  'cuts.compare': command('query', z.object({ cuts: cutChoiceSchema }).readonly(), comparisonSchema),
  /** The new cut with nothing but what changed, as a timeline file. */
  'cuts.saveChanges': command('action', z.object({ cuts: cutChoiceSchema, output: path }).readonly(), savedTimelineSchema),
  'jobs.control': command('action', z.object({ jobId: idSchema, order: z.enum(['cancel', 'pause', 'resume', 'forget']) }).readonly(), nothing),
  'proxies.make': command('job', z.object({ shotIds: z.array(idSchema).readonly() }).readonly(), jobReference),
  'proxies.use': command('action', z.object({ isOn: z.boolean() }).readonly(), nothing),
  'watch.set': command('action', z.object({ folders: z.array(path).max(20).readonly() }).readonly(), nothing),
  /** After the last clip, each behind a slate with its name. */
  'assemble.withSlates': command('job', z.object({ ranges: shotRangesSchema }).readonly(), jobReference),
  'sample.make': command('job', nothing, jobReference),
  /** A link that any player plays as the finished movie, once edges and sound are encoded. */
  'review.link': command('job', z.object({ settings: exportSettingsSchema }).readonly(), jobReference),
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<Name extends CommandName> = z.input<(typeof commands)[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.output<(typeof commands)[Name]['output']>;

/** `every` arrives whole and in order; `latest` arrives at most ten times a second, the newest of each key. */
export const events = {
  'project.changed': { delivery: 'every', payload: z.object({ revision: z.int(), change: changeSchema, history: historySchema }).readonly() },
  'cost.changed': { delivery: 'latest', payload: costSchema },
  'job.changed': { delivery: 'latest', payload: jobSchema },
  'job.forgotten': { delivery: 'every', payload: z.object({ jobId: idSchema }).readonly() },
  'settings.changed': { delivery: 'every', payload: z.object({ exportSettings: exportSettingsSchema, watched: z.array(z.string()).readonly(), usesProxies: z.boolean() }).readonly() },
  'notice': { delivery: 'every', payload: z.object({ level: z.enum(['info', 'warning', 'error']), text: z.string() }).readonly() },
} as const;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]['payload']>;
