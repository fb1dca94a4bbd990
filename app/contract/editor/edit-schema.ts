/** Schema of every timeline edit; what each means stands with the type in app/domain/project/edit.ts. */
import { z } from 'zod';
import { markerColours } from '../../domain/project/project.ts';
import type { TimelineEdit } from '../../domain/project/edit.ts';
import { frameSchema, idSchema, rateSchema } from './rows.ts';

const clipIds = z.array(idSchema).max(200_000).readonly();
const removeMode = z.enum(['lift', 'extract']);
const placeMode = z.enum(['insert', 'overwrite']);
/** Decibels. */
const gain = z.number().min(-120).max(24);
const name = z.string().max(500);
const colour = z.enum(markerColours);

export const shotRangesSchema = z.array(z.object({ shotId: idSchema, sourceIn: frameSchema, length: z.int().positive() }).readonly()).max(100_000).readonly();

export const editSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('place'), mode: z.enum(['insert', 'overwrite', 'append']), at: frameSchema, pictureTrackId: idSchema.nullable(), soundTrackId: idSchema.nullable(),
    ranges: shotRangesSchema,
  }).readonly(),
  z.object({ kind: z.literal('move'), clipIds, frames: frameSchema, tracks: z.int(), mode: placeMode }).readonly(),
  z.object({ kind: z.literal('trim'), clipIds, edge: z.enum(['in', 'out']), frames: frameSchema, mode: z.enum(['plain', 'ripple', 'roll']) }).readonly(),
  z.object({ kind: z.literal('slip'), clipIds, frames: frameSchema }).readonly(),
  z.object({ kind: z.literal('slide'), clipIds, frames: frameSchema }).readonly(),
  z.object({ kind: z.literal('split'), clipIds: clipIds.nullable(), frame: frameSchema }).readonly(),
  z.object({ kind: z.literal('remove'), clipIds, mode: removeMode }).readonly(),
  z.object({ kind: z.literal('removeRange'), from: frameSchema, to: frameSchema, mode: removeMode }).readonly(),
  z.object({ kind: z.literal('closeGaps'), trackId: idSchema.nullable() }).readonly(),
  z.object({ kind: z.literal('replaceShot'), clipIds, shotId: idSchema }).readonly(),
  z.object({ kind: z.literal('stepVersions'), clipIds: clipIds.nullable(), step: z.union([z.enum(['up', 'down', 'newest', 'oldest']), z.int().min(0).max(9999)]) }).readonly(),
  z.object({ kind: z.literal('setClips'), clipIds, isEnabled: z.boolean().optional(), gain: gain.optional() }).readonly(),
  z.object({ kind: z.literal('link'), clipIds, isLinked: z.boolean() }).readonly(),
  z.object({
    kind: z.literal('paste'), at: frameSchema, mode: placeMode,
    clips: z.array(z.object({
      trackKind: z.enum(['picture', 'sound']), trackPosition: z.int().min(0), shotId: idSchema, start: frameSchema, length: z.int().positive(),
      sourceIn: frameSchema, isEnabled: z.boolean(), gain, link: z.int().nullable(),
    }).readonly()).max(100_000).readonly(),
  }).readonly(),
  z.object({ kind: z.literal('addTrack'), trackKind: z.enum(['picture', 'sound']) }).readonly(),
  z.object({ kind: z.literal('removeTrack'), trackId: idSchema }).readonly(),
  z.object({ kind: z.literal('setTrack'), trackId: idSchema, name: name.optional(), isEnabled: z.boolean().optional(), isLocked: z.boolean().optional(), gain: gain.optional() }).readonly(),
  z.object({ kind: z.literal('addMarker'), frame: frameSchema, name, colour }).readonly(),
  z.object({
    kind: z.literal('setMarker'), markerId: idSchema, frame: frameSchema.optional(), length: z.int().min(0).optional(), name: name.optional(),
    note: z.string().max(10_000).optional(), colour: colour.optional(),
  }).readonly(),
  z.object({ kind: z.literal('removeMarkers'), markerIds: z.array(idSchema).readonly() }).readonly(),
  z.object({ kind: z.literal('setMarks'), markIn: frameSchema.nullable(), markOut: frameSchema.nullable() }).readonly(),
  z.object({
    kind: z.literal('setSequence'), name: name.optional(), startFrame: frameSchema.optional(), dropFrame: z.boolean().optional(), rate: rateSchema.optional(),
  }).readonly(),
]) satisfies z.ZodType<TimelineEdit>;
