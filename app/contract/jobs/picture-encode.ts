/** Decode a window of a source (or make black) and encode frames of it into one or more segments. */
import { z } from 'zod';
import { blendSchema, bytes, captionSchema, pictureFormatSchema, pictureInputSchema, rationalSchema, uint32s } from './shared.ts';

export const pictureEncodeRequest = z.object({
  kind: z.literal('picture.encode'),
  /** Clip's name, for errors. */
  clip: z.string(),
  /** Null: black. */
  input: pictureInputSchema.nullable(),
  /** What the segment is: size, pixel format, colour. Differences from the input's format are conformed (scaled, letterboxed, converted). */
  format: pictureFormatSchema,
  rate: rationalSchema,
  encoder: z.object({ name: z.string(), options: z.record(z.string(), z.string()).readonly(), threads: z.int().positive() }).readonly(),
  /** Deinterlace before scaling: whole clips of interlaced sources in a progressive profile. */
  deinterlace: z.boolean(),
  outputs: z.array(z.object({
    /** Final path of the segment; written under a temporary name beside it, synced, renamed. */
    path: z.string(),
    /** Ranks to encode in this order; a rank may repeat (stills, rate conform). With no input only the length counts. */
    frames: uint32s,
    /** A second picture mixed into each frame. */
    blend: blendSchema.optional(),
    /** Written over the frames, in this order. */
    captions: z.array(captionSchema).readonly().optional(),
  }).readonly()).readonly(),
}).readonly();
export type PictureEncodeRequest = z.infer<typeof pictureEncodeRequest>;

/** A picture segment: coded samples in decode order from `offset` on, and all that the layout needs of them. */
export const pictureSegmentSchema = z.object({
  path: z.string(),
  /** avcC, hvcC, av1C, vpcC payload, or extradata; may be empty (ProRes). */
  config: bytes,
  /** Sample entry's four characters that fit these samples. */
  tag: z.string(),
  offset: z.int().min(0),
  size: uint32s,
  display: uint32s,
  flags: bytes,
}).readonly();
export type PictureSegment = z.infer<typeof pictureSegmentSchema>;

export const pictureEncodeResult = z.object({
  segments: z.array(pictureSegmentSchema).readonly(),
  /** Frames decoded, of which some only because others needed them. */
  framesDecoded: z.int().min(0),
}).readonly();
export type PictureEncodeResult = z.infer<typeof pictureEncodeResult>;
