/** Messages of the editor's protocol, the same over every transport. A call ends in exactly one `answer` or `failure`. */
import { z } from 'zod';
import { errorCodes } from '../../base/errors.ts';

export const clientMessageSchema = z.discriminatedUnion('type', [
  /** First message of every connection. `lastEvent` asks for the events since, where the host still has them. */
  z.object({ type: z.literal('hello'), protocol: z.int(), project: z.string().max(10_000), run: z.string().nullable(), lastEvent: z.int().min(0) }).readonly(),
  z.object({ type: z.literal('call'), id: z.int().positive(), command: z.string().max(100), input: z.unknown() }).readonly(),
  z.object({ type: z.literal('cancel'), id: z.int().positive() }).readonly(),
  z.object({ type: z.literal('subscribe'), event: z.string().max(100) }).readonly(),
  z.object({ type: z.literal('unsubscribe'), event: z.string().max(100) }).readonly(),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

const flatErrorSchema = z.object({
  code: z.enum(errorCodes), message: z.string(),
  place: z.object({ file: z.string().optional(), line: z.number().optional(), clip: z.string().optional() }).readonly(),
}).readonly();

export const hostMessageSchema = z.discriminatedUnion('type', [
  /** `run` names this run of the host; `isResumed` says that no event was lost since `lastEvent`. */
  z.object({ type: z.literal('welcome'), run: z.string(), isResumed: z.boolean() }).readonly(),
  z.object({ type: z.literal('refused'), error: flatErrorSchema }).readonly(),
  z.object({ type: z.literal('answer'), id: z.int(), output: z.unknown() }).readonly(),
  z.object({ type: z.literal('failure'), id: z.int(), error: flatErrorSchema }).readonly(),
  z.object({ type: z.literal('event'), number: z.int(), event: z.string(), payload: z.unknown() }).readonly(),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

/** Raised with every change of meaning; a client of another version is told to reload. */
export const editorProtocolVersion = 1;
