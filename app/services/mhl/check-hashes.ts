/** A file against the hash lists beside it. */
import { flattenError, StringoutError, type FlatError } from '../../base/errors.ts';
import { hashMethods, type HashMethod } from '../../contract/jobs/file-hash.ts';
import type { JobRunner } from '../assembly/ports.ts';
import type { KnownFile, KnownHash } from './hash-lists.ts';

export type CheckedHash = { readonly method: HashMethod; readonly expected: string; readonly found: string; readonly list: string; readonly isEqual: boolean };

export type FileCheck = {
  /** `unlisted`: no list names it; `unchecked`: listed with hashes that cannot be computed here, or none. */
  readonly state: 'matched' | 'mismatched' | 'unlisted' | 'unchecked' | 'failed';
  readonly checked: readonly CheckedHash[];
  /** Of a mismatch or failure. */
  readonly error: FlatError | null;
  /** What the user should know. */
  readonly warning: string | null;
};

export type CheckOptions = { readonly signal: AbortSignal; /** Of the file's bytes. */ readonly onProgress?: (done: number) => void };

/** All hashes that can be computed, in one pass. Throws `cancelled`. */
export async function checkHashes(path: string, known: KnownFile, jobs: JobRunner, { signal, onProgress }: CheckOptions): Promise<FileCheck> {
  if (!known.isListed) {
    const [nearest] = known.lists;
    return { state: 'unlisted', checked: [], error: null, warning: nearest === undefined ? `${path} cannot be checked: there is no hash list (MHL) beside it` : `${path} is not listed in ${nearest}` };
  }
  const asked = known.hashes.flatMap((hash) => (isMethod(hash.method) ? [{ ...hash, method: hash.method }] : []));
  if (asked.length === 0) return { state: 'unchecked', checked: [], error: null, warning: `${path} cannot be checked: ${whyNot(known.hashes)}` };
  try {
    const { hashes, bytes } = await jobs.run<'file.hash'>({ kind: 'file.hash', path, methods: [...new Set(asked.map(({ method }) => method))] }, { signal, onProgress: ({ done }) => { onProgress?.(done); } });
    const checked = asked.map(({ method, value, reversed, list }): CheckedHash => {
      const found = hashes.find((hash) => hash.method === method)?.value ?? '';
      return { method, expected: value, found, list, isEqual: found === value || found === reversed };
    });
    const wrong = checked.find(({ isEqual }) => !isEqual);
    if (!wrong) return { state: 'matched', checked, error: null, warning: null };
    const size = known.size !== null && known.size !== bytes ? ` (${bytes} bytes, listed with ${known.size})` : '';
    const message = `is not what ${wrong.list} lists: ${wrong.method} should be ${wrong.expected} and is ${wrong.found}${size}: copy it again`;
    return { state: 'mismatched', checked, error: flattenError(new StringoutError('verify.failed', message, { file: path })), warning: null };
  } catch (error) {
    signal.throwIfAborted();
    return { state: 'failed', checked: [], error: flattenError(error), warning: null };
  }
}

function whyNot(hashes: readonly KnownHash[]): string {
  const names = [...new Set(hashes.map(({ method }) => method))].join(', ');
  return names === '' ? 'the list that names it has no hash of it' : `it is listed with ${names}, and only ${hashMethods.join(', ')} are computed here`;
}

function isMethod(method: string): method is HashMethod {
  return (hashMethods as readonly string[]).includes(method);
}
