/** Messages from a worker, checked by hand: their envelope is small, and zod is too dear to load for it. */
import { errorCodes, type FlatError } from '../../base/errors.ts';
import type { WorkerMessage } from '../../contract/worker.ts';

/** Null: not a message of the protocol. */
export function parseWorkerMessage(value: unknown): WorkerMessage | null {
  if (!isObject(value)) return null;
  const { type, id, pid, protocol, progress, error, result } = value;
  const rss = typeof value['rss'] === 'number' ? { rss: value['rss'] } : {};
  if (type === 'ready') return typeof pid === 'number' && typeof protocol === 'number' ? { type, pid, protocol } : null;
  if (typeof id !== 'number') return null;
  if (type === 'done') return { type, id, result, ...rss };
  if (type === 'failed') return isFlatError(error) ? { type, id, error } : null;
  if (type !== 'progress' || !isObject(progress)) return null;
  const { done, total } = progress;
  return typeof done === 'number' && typeof total === 'number' ? { type, id, progress: { done, total }, ...rss } : null;
}

function isFlatError(value: unknown): value is FlatError {
  return isObject(value) && errorCodes.some((code) => code === value['code']) && typeof value['message'] === 'string' && isObject(value['place']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
