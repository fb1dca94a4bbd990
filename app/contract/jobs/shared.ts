/** Schemas that several worker jobs share. They mirror the types of app/domain, which is where the meaning is documented. */
import { z } from 'zod';
import { captionPlaces } from '../../domain/captions.ts';

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
export const uint32s = z.custom<Uint32Array>((value) => value instanceof Uint32Array);
export const float64s = z.custom<Float64Array>((value) => value instanceof Float64Array);
export const rationalSchema = z.object({ num: z.int().positive(), den: z.int().positive() }).readonly();

export const pictureFormatSchema = z.object({
  codec: z.string(),
  tag: z.string(),
  profile: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  sar: rationalSchema,
  pixelFormat: z.string(),
  range: z.enum(['limited', 'full', 'unknown']),
  colour: z.object({ primaries: z.int(), transfer: z.int(), matrix: z.int() }).readonly(),
  fieldOrder: z.enum(['progressive', 'tff', 'bff', 'unknown']),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
}).readonly();

export const soundFormatSchema = z.object({
  codec: z.string(),
  tag: z.string(),
  sampleRate: z.int().positive(),
  channels: z.int().positive(),
  layout: z.string(),
  bits: z.int().min(0),
}).readonly();

/** A window of a source's samples, in decode order: all that a decoder needs, and no container. */
export const pictureInputSchema = z.object({
  format: pictureFormatSchema,
  config: bytes,
  files: z.array(z.string()).readonly(),
  file: uint32s.nullable(),
  offset: float64s,
  size: uint32s,
  /** Rank in order of presentation; given to the decoder as the packet's timestamp. */
  rank: uint32s,
}).readonly();
export type PictureInput = z.infer<typeof pictureInputSchema>;

/** Packets of a source's sound, pre-roll included. PCM: stretches of sample frames, of any length. */
export const soundInputSchema = z.object({
  format: soundFormatSchema,
  config: bytes,
  files: z.array(z.string()).readonly(),
  file: uint32s.nullable(),
  offset: float64s,
  size: uint32s,
  /** Source sample of each element's first sample frame, counted from packet 0. */
  position: float64s,
}).readonly();
export type SoundInput = z.infer<typeof soundInputSchema>;

/** One text a frame, or one for all. */
export const captionSchema = z.object({ place: z.enum(captionPlaces), text: z.array(z.string()).readonly() }).readonly();

/** The picture that comes, in the place of frame `done` + i of a transition `of` frames long; one rank a frame. No input: black. */
export const blendSchema = z.object({
  input: pictureInputSchema.nullable(),
  deinterlace: z.boolean(),
  frames: uint32s,
  style: z.discriminatedUnion('kind', [z.object({ kind: z.literal('dissolve') }).readonly(), z.object({ kind: z.literal('wipe'), number: z.int() }).readonly()]),
  done: z.int().min(0),
  of: z.int().positive(),
}).readonly();
export type JobBlend = z.infer<typeof blendSchema>;
