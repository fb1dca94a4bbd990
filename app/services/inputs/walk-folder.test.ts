import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { walkFolder } from './walk-folder.ts';

describe('walking a folder', () => {
  let root: string;
  beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'stringout-walk-')); });
  afterEach(() => { rmSync(root, { recursive: true }); });

  test('a link to a folder that is there itself does not take its place, whatever its name', async () => {
    mkdirSync(join(root, 'm/deep'), { recursive: true });
    writeFileSync(join(root, 'm/deep/shot.mp4'), '');
    // Before and after its target in any order of names; and one that leads back up.
    symlinkSync(join(root, 'm/deep'), join(root, 'a'));
    symlinkSync(join(root, 'm/deep'), join(root, 'z'));
    symlinkSync(root, join(root, 'm/up'));
    const listings = await walkFolder(root, []);
    expect(listings.map(({ folder }) => folder).toSorted()).toEqual([root, join(root, 'm'), join(root, 'm/deep')]);
  });
});
