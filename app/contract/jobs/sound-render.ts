/** Render stretches of the programme's sound from any number of clips, as PCM or AAC, each into a segment of its own. */
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
  /** As app/domain/plan/sound-span.ts has it, on the clock of `from`. */
  fade: z.object({ inFrom: z.number(), inTo: z.number(), outFrom: z.number(), outTo: z.number() }).readonly().optional(),
}).readonly();
export type SoundPart = z.infer<typeof soundPartSchema>;

export const soundPieceSchema = z.object({
  /** The segment's. */
  path: z.string(),
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

export const soundRenderRequest = z.object({
  kind: z.literal('sound.render'),
  format: soundFormatSchema,
  bitRate: z.int().min(0),
  /** False: the segments serve this run alone, so that nobody waits until they are on the disk. */
  isKept: z.boolean(),
  pieces: z.array(soundPieceSchema).readonly(),
}).readonly();
export type SoundRenderRequest = z.infer<typeof soundRenderRequest>;

/** A piece by itself, wherever its bytes go. */
export type SoundRendering = Pick<SoundRenderRequest, 'format' | 'bitRate'> & Omit<z.infer<typeof soundPieceSchema>, 'path'>;

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
/** A segment for each piece. */
export const soundRenderResult = z.object({ segments: z.array(soundSegmentSchema).readonly() }).readonly();
export type SoundRenderResult = z.infer<typeof soundRenderResult>;
