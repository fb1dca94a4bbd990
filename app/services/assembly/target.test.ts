import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTarget } from './target.ts';

describe('the movie\'s place', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'stringout-target-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  test('what killed runs left of this movie goes; what runs, is another movie\'s, or only looks like it stays', async () => {
    const movie = join(folder, 'reel.mp4');
    const ours = basename((await checkTarget(movie)).temporaryPath);
    const others = basename((await checkTarget(join(folder, 'other.mp4'))).temporaryPath);
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const asDead = (name: string): string => name.replace(`-${process.pid}-`, `-${dead}-`);
    const stays = [ours, asDead(others), `${asDead(ours)}.mp4`, asDead(ours).replace('.tmp', '0.tmp'), 'shot.mp4'];
    for (const name of [asDead(ours), ...stays]) writeFileSync(join(folder, name), 'x');
    const link = asDead(ours).replace(/[0-9a-f]{8}\.tmp$/, '00000000.tmp');
    symlinkSync(join(folder, 'shot.mp4'), join(folder, link));
    expect(asDead(ours)).not.toBe(ours);
    await checkTarget(movie);
    expect(readdirSync(folder).toSorted()).toEqual([...stays, link].toSorted());
  });
});
