/**
 * Read a finished movie back through FFmpeg's own demuxer. Three jobs: `verify.survey` lists its packets, `verify.frames` decodes stretches
 * of its picture and compares them with their sources, `verify.sound` does the same for its sound.
 */
import { z } from 'zod';
import { blendSchema, captionSchema, bytes, float64s, pictureFormatSchema, pictureInputSchema, rationalSchema, soundFormatSchema, uint32s } from './shared.ts';
import { soundPartSchema } from './sound-render.ts';

/** What FFmpeg had to say while the movie was read, each sentence once. */
const messages = z.array(z.string()).readonly();

export const verifySurveyRequest = z.object({ kind: z.literal('verify.survey'), path: z.string() }).readonly();
export type VerifySurveyRequest = z.infer<typeof verifySurveyRequest>;

export const verifySurveyResult = z.object({
  picture: z.object({
    timeBase: rationalSchema,
    /** Mean rate that the header tells; null: none. */
    rate: rationalSchema.nullable(),
    /** Frames that the header promises; null where it does not tell. */
    promised: z.int().min(0).nullable(),
    /** Of each packet in decode order, in ticks; NaN where it has none. */
    pts: float64s,
    dts: float64s,
    /** 1: decoding can start here. */
    isKey: bytes,
  }).readonly().nullable(),
  sound: z.object({
    codec: z.string(),
    sampleRate: z.int().positive(),
    channels: z.int().positive(),
    /** Samples that are heard. */
    length: z.int().min(0),
  }).readonly().nullable(),
  messages,
}).readonly();
export type VerifySurveyResult = z.infer<typeof verifySurveyResult>;

/** Consecutive frames of the movie, and what they must show. */
export const verifyPieceSchema = z.object({
  clip: z.string(),
  /** Frame of the movie that `ranks[0]` must be. */
  from: z.int().min(0),
  /** Rank in the source of each frame; for black and where nothing is expected only the length counts. */
  ranks: uint32s,
  /**
   * `same`: bit for bit the source's frame. `alike`: the source's frame, or black where there is no input, made to fit `format`.
   * `any`: it decodes.
   */
  expected: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('same'), input: pictureInputSchema }).readonly(),
    z.object({ kind: z.literal('alike'), input: pictureInputSchema.nullable(), format: pictureFormatSchema, deinterlace: z.boolean(), captions: z.array(captionSchema).readonly().optional(), blend: blendSchema.optional() }).readonly(),
    z.object({ kind: z.literal('any') }).readonly(),
  ]),
}).readonly();
export type VerifyPiece = z.infer<typeof verifyPieceSchema>;

export const verifyFramesRequest = z.object({
  kind: z.literal('verify.frames'),
  path: z.string(),
  stretches: z.array(z.object({
    /** Timestamps of the packet at which decoding starts: a key packet. */
    pts: z.number(),
    dts: z.number(),
    /** Frame of the movie that each packet from there on shows. */
    frames: uint32s,
    /** In order, not overlapping, all within `frames`. */
    pieces: z.array(verifyPieceSchema).readonly(),
  }).readonly()).readonly(),
  /** Frames of the movie whose hash is wanted, ascending. */
  hashes: uint32s,
}).readonly();
export type VerifyFramesRequest = z.infer<typeof verifyFramesRequest>;

export const verifyFramesResult = z.object({
  /** One for each piece of each stretch, in order. */
  pieces: z.array(z.object({
    /** Frames that did not come out of the decoder. */
    missing: z.int().min(0),
    /** Frames that are not the expected ones, and the first of them (or of the missing), counted in the movie. */
    wrong: z.int().min(0),
    firstBad: z.int().nullable(),
    /** Lowest PSNR in Y of what was encoded, in dB, its frame, and how many frames lie below 38; null: nothing encoded. */
    lowest: z.object({ decibels: z.number(), frame: z.int(), below: z.int().min(0) }).readonly().nullable(),
  }).readonly()).readonly(),
  hashes: z.array(z.object({ frame: z.int(), hash: z.string() }).readonly()).readonly(),
  messages,
}).readonly();
export type VerifyFramesResult = z.infer<typeof verifyFramesResult>;

export const verifySoundRequest = z.object({
  kind: z.literal('verify.sound'),
  path: z.string(),
  /** The programme's format: PCM is compared bit by bit in it. */
  format: soundFormatSchema,
  /** Programme samples [from, to) that are decoded. */
  from: z.int().min(0),
  to: z.int().min(0),
  /** By ascending `at`. */
  windows: z.array(z.object({
    /** Programme samples. */
    at: z.int().min(0),
    length: z.int().positive(),
    /** What is heard in it, `at` and `length` being the window's; none: silence. */
    parts: z.array(soundPartSchema).readonly(),
    /** PCM whose bits must be the same. */
    isExact: z.boolean(),
    /** The greatest shift in samples that is looked for, the same for all. */
    reach: z.int().min(1),
  }).readonly()).readonly(),
}).readonly();
export type VerifySoundRequest = z.infer<typeof verifySoundRequest>;
export type VerifySoundWindow = VerifySoundRequest['windows'][number];

export const verifySoundResult = z.object({
  /** One for each window. */
  windows: z.array(z.object({
    /** Samples by which the movie's sound comes late; null: too quiet, or too different, to tell. */
    offset: z.int().nullable(),
    /** It is the expected sound. */
    isRight: z.boolean(),
  }).readonly()).readonly(),
  messages,
}).readonly();
export type VerifySoundResult = z.infer<typeof verifySoundResult>;
