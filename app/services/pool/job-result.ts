/** Results of workers, checked where they arrive. zod is loaded with the first result of media work, while other jobs run. */
import { StringoutError } from '../../base/errors.ts';
import type { JobKind, JobResult } from '../../contract/worker.ts';

/** Throws `worker.protocol`. */
export async function checkResult<K extends JobKind>(kind: K, value: unknown): Promise<JobResult<K>> {
  if (isLight(kind, value)) return value;
  if (kind in lightChecks || listKinds.has(kind)) throw misfit(kind);
  const { jobResultSchemas } = await import('../../contract/worker.ts');
  const parsed = jobResultSchemas[kind].safeParse(value);
  if (!parsed.success) throw misfit(kind);
  // The schema of this kind has just accepted it; the compiler does not follow the index.
  return parsed.data as JobResult<K>;
}

/** Index and write jobs must not wait for zod; tables of a source are checked for shape where they are stored. */
const lightChecks: Partial<Record<JobKind, readonly string[]>> = {
  'source.index': ['fingerprint', 'files', 'picture', 'sound'],
  'movie.write': ['bytes', 'bytesMoved', 'syncSeconds'],
};

/** An array has no keys to look at. */
const listKinds = new Set<JobKind>(['sources.index']);

function isLight<K extends JobKind>(kind: K, value: unknown): value is JobResult<K> {
  if (listKinds.has(kind)) return Array.isArray(value);
  const keys = lightChecks[kind];
  return keys !== undefined && typeof value === 'object' && value !== null && keys.every((key) => key in value);
}

function misfit(kind: JobKind): StringoutError {
  return new StringoutError('worker.protocol', `the result of ${kind} does not fit the contract: install Stringout again`);
}
