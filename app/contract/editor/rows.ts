/** Schemas of a project's rows and changes, for every boundary they cross. The types stand in app/domain/project. */
import { z } from 'zod';
import { markerColours, shotStatuses, type Marker, type Sequence, type Shot, type TimelineClip, type Track } from '../../domain/project/project.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';

export const idSchema = z.int().positive();
export const frameSchema = z.int();
export const rateSchema = z.object({ num: z.int().positive(), den: z.int().positive() }).readonly();
const text = z.string().max(10_000);
const shortText = z.string().max(500);

export const shotSchema = z.object({
  id: idSchema, path: text, name: shortText, status: z.enum(shotStatuses), problem: text.nullable(),
  media: z.object({
    fingerprint: z.string(), frames: z.int().min(0), rate: rateSchema, isStill: z.boolean(),
    picture: z.object({ codec: z.string(), width: z.int(), height: z.int(), pixelFormat: z.string() }).readonly().nullable(),
    sound: z.object({ codec: z.string(), channels: z.int(), sampleRate: z.int() }).readonly().nullable(),
    timecode: z.object({ frame: z.int(), dropFrame: z.boolean() }).readonly().nullable(),
    bytes: z.number(), created: z.string().nullable(),
  }).readonly().nullable(),
  scene: shortText.nullable(), take: shortText.nullable(), reel: shortText.nullable(), note: text, tags: z.array(shortText).readonly(),
  rating: z.int().min(0).max(5), isCircled: z.boolean(), versionGroup: shortText.nullable(), version: z.int().nullable(), added: z.number(),
}).readonly() satisfies z.ZodType<Shot>;

export const trackSchema = z.object({
  id: idSchema, kind: z.enum(['picture', 'sound']), position: z.int().min(0), name: shortText, isEnabled: z.boolean(), isLocked: z.boolean(), gain: z.number(),
}).readonly() satisfies z.ZodType<Track>;

export const clipSchema = z.object({
  id: idSchema, trackId: idSchema, shotId: idSchema, start: frameSchema, length: z.int().positive(), sourceIn: frameSchema, isEnabled: z.boolean(),
  gain: z.number(), link: z.int().nullable(),
}).readonly() satisfies z.ZodType<TimelineClip>;

export const markerSchema = z.object({
  id: idSchema, frame: frameSchema, length: z.int().min(0), name: shortText, note: text, colour: z.enum(markerColours),
}).readonly() satisfies z.ZodType<Marker>;

export const sequenceSchema = z.object({
  name: shortText, rate: rateSchema, isRateSet: z.boolean(), startFrame: frameSchema, dropFrame: z.boolean(),
  markIn: frameSchema.nullable(), markOut: frameSchema.nullable(),
}).readonly() satisfies z.ZodType<Sequence>;

const rows = <Row extends z.ZodType>(row: Row) => z.object({ put: z.array(row).readonly(), remove: z.array(idSchema).readonly() }).readonly().optional();

export const changeSchema = z.object({
  sequence: sequenceSchema.optional(), shots: rows(shotSchema), tracks: rows(trackSchema), clips: rows(clipSchema), markers: rows(markerSchema),
}).readonly() satisfies z.ZodType<ProjectChange>;
