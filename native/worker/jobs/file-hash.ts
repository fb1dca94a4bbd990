/** The job `file.hash`. Progress counts bytes. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { c4Id } from '../../../app/base/c4.ts';
import { withPlace } from '../../../app/base/errors.ts';
import { Xxh64 } from '../../../app/base/xxh64.ts';
import type { FileHashRequest, FileHashResult, HashMethod } from '../../../app/contract/jobs/file-hash.ts';
import type { JobContext } from '../job-context.ts';

const blockBytes = 1024 * 1024;

/** Throws `input.missing`, `input.unreadable`, `cancelled`. */
export async function run({ path, methods }: FileHashRequest, context: JobContext): Promise<FileHashResult> {
  const hashers = methods.map((method) => ({ method, ...hasherOf(method) }));
  const file = await open(path, 'r').catch((error: unknown) => { throw withPlace(error, { file: path }); });
  try {
    const { size } = await file.stat();
    const block = new Uint8Array(blockBytes);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(block, 0, blockBytes, bytes);
      if (bytesRead === 0) break;
      for (const { update } of hashers) update(block.subarray(0, bytesRead));
      bytes += bytesRead;
      context.progress(bytes, Math.max(bytes, size));
      await context.checkpoint();
    }
    return { bytes, hashes: hashers.map(({ method, digest }) => ({ method, value: digest() })) };
  } catch (error) {
    throw withPlace(error, { file: path });
  } finally {
    await file.close();
  }
}

function hasherOf(method: HashMethod): { readonly update: (bytes: Uint8Array) => void; readonly digest: () => string } {
  if (method === 'xxh64') {
    const hash = new Xxh64();
    return { update: (bytes) => { hash.update(bytes); }, digest: () => hash.digest() };
  }
  const hash = createHash(method === 'c4' ? 'sha512' : method);
  return { update: (bytes) => { hash.update(bytes); }, digest: () => (method === 'c4' ? c4Id(hash.digest()) : hash.digest('hex')) };
}
