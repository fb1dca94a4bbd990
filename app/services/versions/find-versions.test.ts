import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { findVersions } from './find-versions.ts';

it('finds versions in folders of their own, sequences as one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stringout-versions-'));
  try {
    const frames = (version: string): string[] => [1001, 1002, 1003].map((frame) => `sh010/${version}/sh010_comp_${version}.${frame}.exr`);
    for (const name of [...frames('v002'), ...frames('v003'), ...frames('v012'), 'sh010/notes/sh010_comp_v099.1001.exr', 'sh010/v012/sh010_comp_v012.mov']) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), '');
    }
    const found = await findVersions(join(folder, 'sh010/v003/sh010_comp_v003.%04d.exr'));
    expect(found).toEqual(['v002', 'v003', 'v012'].map((version) => ({ path: join(folder, `sh010/${version}/sh010_comp_${version}.%04d.exr`), version: Number(version.slice(1)) })));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
