/** All hashes of a file in one pass, whatever its length is to the blocks that are read. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { c4Id } from '../../../app/base/c4.ts';
import { Xxh64 } from '../../../app/base/xxh64.ts';
import { run } from './file-hash.ts';

it('hashes empty files and those longer than a block; tells how far it is, and what is not there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stringout-hash-'));
  try {
    for (const length of [0, 5, 2 * 1024 * 1024 + 13]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);
      const path = join(folder, 'file');
      writeFileSync(path, bytes);
      const seen: number[] = [];
      const result = await run({ kind: 'file.hash', path, methods: ['xxh64', 'md5', 'sha1', 'c4'] }, { progress: (done) => { seen.push(done); }, checkpoint: async () => undefined });
      const by = (method: string): string => createHash(method).update(bytes).digest('hex');
      expect(result).toEqual({
        bytes: length,
        hashes: [
          { method: 'xxh64', value: new Xxh64().update(bytes).digest() }, { method: 'md5', value: by('md5') }, { method: 'sha1', value: by('sha1') },
          { method: 'c4', value: c4Id(createHash('sha512').update(bytes).digest()) },
        ],
      });
      expect(seen.at(-1) ?? 0).toBe(length);
    }
    await expect(run({ kind: 'file.hash', path: join(folder, 'gone'), methods: ['md5'] }, { progress: () => undefined, checkpoint: async () => undefined })).rejects.toMatchObject({ code: 'input.missing' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
