/** Make demo footage: short H.264 and AAC shots whose frames say which ones they are. */
import { z } from 'zod';

export const footageMakeRequest = z.object({
  kind: z.literal('footage.make'),
  shots: z.array(z.object({
    /** Counts from 1; decides all that is seen and heard. */
    number: z.int().min(1).max(65_535),
    /** The file, .mp4; written under a temporary name beside it. */
    path: z.string(),
  }).readonly()).readonly(),
}).readonly();
export type FootageMakeRequest = z.infer<typeof footageMakeRequest>;

export const footageMakeResult = z.object({ frames: z.int().min(0) }).readonly();
export type FootageMakeResult = z.infer<typeof footageMakeResult>;
