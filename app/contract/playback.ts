/** What a player asks of a shot by URL, as JSON. The meaning stands with the types in app/domain/playback. */
import { z } from 'zod';
import type * as domain from '../domain/playback/playback-window.ts';

const integers = z.array(z.int()).readonly();
/** The shot's own media or its proxy: the bytes must be asked of the same. */
const variant = z.enum(['original', 'proxy']);

export const pictureWindowSchema = z.object({
  codec: z.string().nullable(), description: z.string().nullable(), width: z.int(), height: z.int(), aspectWidth: z.int(), aspectHeight: z.int(), rotation: z.int(), ranks: integers, frames: integers,
  samples: z.object({ index: integers, file: integers, offset: integers, size: integers, rank: integers, isKey: z.array(z.boolean()).readonly(), isDisposable: z.array(z.boolean()).readonly() }).readonly(),
  primers: z.int(), variant,
}).readonly() satisfies z.ZodType<domain.PictureWindow>;
export type PictureWindow = z.infer<typeof pictureWindowSchema>;

export const soundWindowSchema = z.object({
  codec: z.string().nullable(), description: z.string().nullable(), sampleRate: z.int(), channels: z.int(), from: z.int(), length: z.int(), offset: z.int(), first: z.int(),
  packets: z.object({ file: integers, offset: integers, size: integers, position: integers }).readonly(), variant,
}).readonly() satisfies z.ZodType<domain.SoundWindow>;
export type SoundWindow = z.infer<typeof soundWindowSchema>;
