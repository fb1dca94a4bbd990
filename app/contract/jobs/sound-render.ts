/** Render a stretch of the programme's sound from any number of clips, as PCM or AAC, into one segment. */
import { z } from 'zod';
import { bytes, soundFormatSchema, soundInputSchema, uint32s } from './shared.ts';

export const soundPartSchema = z.object({
  clip: z.string(),
  /** Programme sample at which the part begins, and its length; parts are in order, those that overlap are summed, holes are silence. */
  at: z.int(),
  length: z.int().positive(),
  /** The part's first sample on the source's own clock, counted at the PROGRAMME's rate from packet 0; may be negative (silence first). */
  from: z.int(),
  input: soundInputSchema,
  /** Decibels. */
  gain: z.number().optional(),
}).readonly();
export type SoundPart = z.infer<typeof soundPartSchema>;

export const soundRenderRequest = z.object({
  kind: z.literal('sound.render'),
  path: z.string(),
  format: soundFormatSchema,
  bitRate: z.int().min(0),
  /**
   * PCM: programme samples [from, to). AAC: packets of 1024 programme samples [from, to), of which packet p holds samples
   * [1024 p - delay, 1024 (p + 1) - delay) of the programme, delay being the encoder's own (1024 for FFmpeg's aac); pre-roll packets are
   * encoded before and dropped.
   */
  from: z.int(),
  to: z.int(),
  /** Parts must reach over the pre-roll as well. */
  parts: z.array(soundPartSchema).readonly(),
}).readonly();
export type SoundRenderRequest = z.infer<typeof soundRenderRequest>;

export const soundSegmentSchema = z.object({
  path: z.string(),
  config: bytes,
  /** AAC: the encoder's delay in samples; PCM: 0. */
  priming: z.int().min(0),
  offset: z.int().min(0),
  /** AAC: bytes of each packet; PCM: one element. */
  size: uint32s,
  warnings: z.array(z.string()).readonly(),
}).readonly();
export type SoundSegment = z.infer<typeof soundSegmentSchema>;
export const soundRenderResult = soundSegmentSchema;
