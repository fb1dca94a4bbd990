/** What the host sent, checked. Requests that media work follows are checked by their schema; zod is loaded with the first of them. */
import { StringoutError } from '../../app/base/errors.ts';
import type { HostMessage, JobRequest } from '../../app/contract/worker.ts';

/** Throws `worker.protocol`. */
export async function parseHostMessage(value: unknown): Promise<HostMessage> {
  if (isObject(value)) {
    if (value['type'] === 'exit') return { type: 'exit' };
    const id = value['id'];
    if (typeof id === 'number') {
      if (value['type'] === 'cancel') return { type: 'cancel', id };
      if (value['type'] === 'start') return { type: 'start', id, request: await parseRequest(value['request']) };
    }
  }
  throw new StringoutError('worker.protocol', 'the worker does not know this message');
}

async function parseRequest(value: unknown): Promise<JobRequest> {
  if (isIndexRequest(value) || isListRequest(value) || isWriteRequest(value)) return value;
  const { jobRequestSchema } = await import('../../app/contract/worker.ts');
  const parsed = jobRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StringoutError('worker.protocol', `a request does not fit the contract: ${issue?.path.join('.')} ${issue?.message}`);
}

function isIndexRequest(value: unknown): value is Extract<JobRequest, { kind: 'source.index' }> {
  return isObject(value) && value['kind'] === 'source.index' && typeof value['path'] === 'string' && typeof value['unpackDir'] === 'string'
    && (value['sequence'] === null || (isObject(value['sequence']) && Array.isArray(value['sequence']['files']) && isObject(value['sequence']['rate'])));
}

function isListRequest(value: unknown): value is Extract<JobRequest, { kind: 'sources.index' }> {
  return isObject(value) && value['kind'] === 'sources.index' && Array.isArray(value['paths']) && typeof value['unpackDir'] === 'string';
}

function isWriteRequest(value: unknown): value is Extract<JobRequest, { kind: 'movie.write' }> {
  return isObject(value) && value['kind'] === 'movie.write' && typeof value['path'] === 'string' && Array.isArray(value['expected'])
    && isObject(value['movie']) && Array.isArray(value['movie']['files']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
