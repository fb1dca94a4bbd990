/** Shots after the last clip, each behind a slate of its own: a still that becomes a shot, so that it is trimmed and moved as any other. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { editTimeline } from '../../domain/edits/edit-timeline.ts';
import { usualLength } from '../../domain/edits/source-ticks.ts';
import type { ShotRange } from '../../domain/project/edit.ts';
import type { ProjectState, Shot } from '../../domain/project/project.ts';
import { formatTimecode } from '../../domain/timecode.ts';
import type { JobRunner } from '../assembly/ports.ts';
import { newShot, settleShot } from './bring-in.ts';
import { fileNameOf } from './file-name.ts';
import type { JobWork } from './job-list.ts';
import type { ProjectSession } from './project-session.ts';
import type { SourceLibrary } from './source-library.ts';

type Size = { readonly width: number; readonly height: number };

const usualSize: Size = { width: 1920, height: 1080 };

/** Files go into "<project> slates" beside the project; those that are there already are taken again. */
export function assembleWithSlates(ranges: readonly ShotRange[], session: ProjectSession, library: SourceLibrary, jobs: JobRunner): JobWork {
  return async ({ signal, tell }) => {
    const { state, store } = session;
    const folder = join(dirname(store.path), `${basename(store.path, extname(store.path))} slates`);
    await mkdir(folder, { recursive: true });
    const size = sizeOf(ranges.flatMap(({ shotId }) => state.shots.get(shotId) ?? []));
    const slates = ranges.map((range) => slateFor(state, range, size, folder));
    const missing = [...new Map(slates.map((slate) => [slate.path, slate])).values()].filter(({ path }) => !existsSync(path));
    tell({ phase: 'making slates' });
    if (missing.length > 0) await jobs.run<'slates.make'>({ kind: 'slates.make', slates: missing, ...size }, { signal, onProgress: ({ done, total }) => { tell({ progress: done / total }); } });
    const indexed = await library.getMany(slates.map(({ path }) => path), state.sequence.rate, signal);
    const known = new Map([...session.state.shots.values()].map((shot) => [shot.path, shot]));
    const added: Shot[] = [];
    for (const { path } of slates) {
      if (known.has(path)) continue;
      const shot = { ...settleShot(newShot(store.newId(), path), indexed.get(path) ?? null), tags: ['slate'] };
      known.set(path, shot);
      added.push(shot);
    }
    const placed = ranges.flatMap((range, i): ShotRange[] => {
      const slate = known.get(slates[i]?.path ?? '');
      return slate ? [{ shotId: slate.id, sourceIn: 0, length: usualLength(slate, session.state.sequence.rate) }, range] : [range];
    });
    const withSlates = { ...session.state, shots: new Map([...session.state.shots, ...added.map((shot) => [shot.id, shot] as const)]) };
    const change = editTimeline(withSlates, { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges: placed }, () => store.newId());
    session.commit(`assemble ${ranges.length} shots with slates`, { ...change, ...(added.length > 0 && { shots: { put: added, remove: [] } }) });
    return { lines: [`${ranges.length} shots put on the timeline, each behind its slate`], warnings: [] };
  };
}

/** The first moving picture's. */
function sizeOf(shots: readonly Shot[]): Size {
  const picture = shots.find(({ media }) => media?.picture && !media.isStill)?.media?.picture;
  return picture ? { width: picture.width, height: picture.height } : usualSize;
}

/** Another text or size is another file: a slate on the timeline never changes by itself. */
function slateFor({ shots, sequence }: ProjectState, { shotId, sourceIn, length }: ShotRange, size: Size, folder: string): { readonly path: string; readonly lines: readonly string[] } {
  const shot = shots.get(shotId);
  const name = shot?.name ?? 'shot';
  const { rate, dropFrame } = sequence;
  const lines = [
    name, [shot?.scene ? `scene ${shot.scene}` : '', shot?.take ? `take ${shot.take}` : ''].filter(Boolean).join('  '),
    shot?.media?.timecode ? formatTimecode(shot.media.timecode.frame + sourceIn, shot.media.rate, shot.media.timecode.dropFrame) : '', formatTimecode(length, rate, dropFrame),
  ].filter((line) => line !== '');
  const hash = createHash('sha1').update(JSON.stringify([lines, size])).digest('hex').slice(0, 8);
  return { path: join(folder, `${fileNameOf(name)} slate ${hash}.png`), lines };
}
