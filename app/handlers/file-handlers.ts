/** The disk as the bring-in dialog of a browser shows it. */
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { orderBy } from 'natural-orderby';
import { forEachLimited } from '../base/for-each-limited.ts';
import { mediaKind } from '../domain/media-files.ts';
import { isTimelineFile, isTimelineFolder } from '../domain/timeline-files.ts';
import type { CommandOutput } from '../contract/editor/commands.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import type { Roots } from './roots.ts';

type Entry = CommandOutput<'files.list'>['entries'][number];

const statsAtOnce = 16;

export function fileHandlers(roots: Roots): Pick<Handlers, 'files.list'> {
  return {
    'files.list': async ({ folder }) => {
      const path = await roots.allow(folder ?? roots.folders?.[0] ?? homedir());
      const listed = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
      const entries: Entry[] = [];
      await forEachLimited(listed, statsAtOnce, async (entry) => {
        const place = join(path, entry.name);
        const found = await stat(place).catch(() => null); // a broken link is shown as what it is named
        entries.push({ name: entry.name, path: place, kind: found?.isDirectory() && !isTimelineFolder(entry.name) ? 'folder' : kindOf(entry.name), bytes: found?.size ?? 0 });
      });
      const parent = dirname(path);
      const isAllowed = parent !== path && await roots.allow(parent).then(() => true, () => false);
      return { folder: path, parent: isAllowed ? parent : null, entries: orderBy(entries, [(entry) => (entry.kind === 'folder' ? 0 : 1), (entry) => entry.name]) };
    },
  };
}

function kindOf(name: string): Entry['kind'] {
  if (extname(name).toLowerCase() === '.stringout') return 'project';
  if (isTimelineFile(name)) return 'timeline';
  return mediaKind(name) === 'other' ? 'other' : 'media';
}
