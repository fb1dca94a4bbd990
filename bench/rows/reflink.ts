/** A copy on a file system that shares blocks: XFS on a loop device, made for this row. Needs root. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findProgram } from '../footage/ffmpeg.ts';
import { cat } from '../peers/peers.ts';
import { ours } from '../ours.ts';
import type { Contender, Row } from '../row.ts';
import { footage, type BenchContext } from './context.ts';

const imageBytes = 12 * 2 ** 30;

export function reflinkRow(context: BenchContext): Row | null {
  const makeFileSystem = ['/usr/sbin/mkfs.xfs', findProgram('mkfs.xfs')].find((path) => path !== null && statSync(path, { throwIfNoEntry: false }) !== undefined);
  if (process.getuid?.() !== 0 || makeFileSystem === undefined || makeFileSystem === null) {
    process.stdout.write("not run: reflink (needs root and mkfs.xfs of Debian's xfsprogs)\n");
    return null;
  }
  const { files } = footage(context, 'prores-pcm', Math.min(context.shots, 100));
  const image = join(context.work, 'xfs.img');
  const mount = join(context.work, 'xfs');
  writeFileSync(image, '');
  truncateSync(image, imageBytes);
  execFileSync(makeFileSystem, ['-q', '-m', 'reflink=1', image]);
  mkdirSync(mount);
  execFileSync('mount', ['-o', 'loop', image, mount]);
  const media = join(mount, 'media');
  mkdirSync(media);
  const inside = files.map((file) => join(media, basename(file)));
  files.forEach((file, index) => copyFileSync(file, inside[index] ?? ''));
  const bytes = inside.reduce((sum, file) => sum + statSync(file).size, 0);
  return {
    id: 'reflink',
    title: `${files.length} whole ProRes+PCM shots on XFS`,
    note: `From and to one XFS with shared blocks, ${(bytes / 1e9).toFixed(2)} GB of sources; new space counted by the file system after a sync.`,
    repeats: context.isQuick ? 1 : 3,
    contenders: [
      onMount(ours(media, '', ['--no-cache']), mount, 'xfs/ours.mov'),
      onMount(cat(inside), mount, 'xfs/cat.bin'),
    ],
    figures: [
      { label: 'new space / bytes copied', unit: '%', limit: 5, of: (cost) => spaceShare(cost('ours')?.told ?? null, bytes) },
    ],
    cleanUp: () => {
      execFileSync('umount', [mount]);
      rmSync(image);
    },
  };
}

/** The contender with its output on the mount; tells how many bytes of it got new space. */
function onMount(contender: Contender, mount: string, outputName: string): Contender {
  let before = 0;
  const used = (): number => {
    execFileSync('sync');
    const { blocks, bfree, bsize } = statfsSync(mount);
    return (blocks - bfree) * bsize;
  };
  return { ...contender, outputName, prepare: () => (before = used()), tell: () => used() - before };
}

function spaceShare(newBytes: number | null, bytes: number): number | null {
  return newBytes === null ? null : (100 * newBytes) / bytes;
}
