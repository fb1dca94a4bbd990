/** Footage into the project: shots appear at once, and are indexed behind them a batch at a time. */
import { basename, extname } from 'node:path';
import { describeError, type FlatError } from '../../base/errors.ts';
import type { Shot } from '../../domain/project/project.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';
import { formatRational, sameRational, type Rational } from '../../domain/rational.ts';
import { nominalRate } from '../../domain/timecode.ts';
import { parseShotName } from '../../domain/shot-name.ts';
import type { IndexedSource } from '../assembly/index-sources.ts';
import type { ProjectSession } from './project-session.ts';
import { findMedia } from './find-media.ts';
import type { JobWork } from './job-list.ts';
import { shotMedia } from './shot-media.ts';
import type { SourceLibrary } from './source-library.ts';

/** Rows that appear at once: small enough that windows and the index keep up. */
const batchSize = 64;

/** Files that the project has already are not taken twice. */
export function bringIn(dropped: readonly string[], session: ProjectSession, library: SourceLibrary): JobWork {
  return async ({ signal, tell }) => {
    tell({ phase: 'looking for media' });
    const found = await findMedia(dropped);
    signal.throwIfAborted();
    const known = new Set([...session.state.shots.values()].map(({ path }) => path));
    const paths = found.paths.filter((path) => !known.has(path));
    const shots = paths.map((path) => newShot(session.store.newId(), path));
    if (shots.length > 0) session.commit(shots.length === 1 ? `bring in ${shots[0]?.name ?? ''}` : `bring in ${shots.length} shots`, { shots: { put: shots, remove: [] } });
    const { refused } = await indexShots(shots, session, library, signal, (done) => { tell({ phase: 'reading', progress: done / shots.length, throughput: `${done} of ${shots.length} shots` }); });
    session.note(usualRate(session));
    const twice = found.paths.length - paths.length;
    return {
      lines: [`${shots.length - refused} ${shots.length - refused === 1 ? 'shot' : 'shots'} brought in`, ...(refused > 0 ? [`${refused} cannot be used: they are marked in the bin`] : [])],
      warnings: [...found.warnings, ...(twice > 0 ? [`${twice} ${twice === 1 ? 'file was' : 'files were'} in the project already`] : [])],
    };
  };
}

/** As long as nothing is on the timeline and nobody chose a rate, it is the one of most shots: what is counted by then needs no conversion. */
function usualRate({ state: { sequence, shots, clips } }: ProjectSession): ProjectChange {
  if (sequence.isRateSet || clips.size > 0) return {};
  const counts = new Map<string, { rate: Rational; count: number }>();
  for (const { media } of shots.values()) {
    if (!media?.picture || media.isStill) continue;
    const key = formatRational(media.rate);
    counts.set(key, { rate: media.rate, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  if (!most || sameRational(most.rate, sequence.rate)) return {};
  const isUsualStart = sequence.startFrame === nominalRate(sequence.rate) * 3600;
  return { sequence: { ...sequence, rate: most.rate, startFrame: isUsualStart ? nominalRate(most.rate) * 3600 : sequence.startFrame } };
}

/** What the index says of shots goes into the project, batch by batch. */
export async function indexShots(
  shots: readonly Shot[], session: ProjectSession, library: SourceLibrary, signal: AbortSignal, onDone: (done: number) => void,
): Promise<{ readonly refused: number }> {
  let refused = 0;
  for (let from = 0; from < shots.length; from += batchSize) {
    const batch = shots.slice(from, from + batchSize);
    const indexed = await library.getMany(batch.map(({ path }) => path), session.state.sequence.rate, signal);
    const put = batch.flatMap(({ id }): Shot[] => {
      const shot = session.state.shots.get(id); // people may have written on it meanwhile, or removed it
      const entry = shot && indexed.get(shot.path);
      if (!shot || !entry) return [];
      if (entry.error) refused++;
      return [settleShot(shot, entry)];
    });
    session.note({ shots: { put, remove: [] } });
    onDone(from + batch.length);
  }
  return { refused };
}

/** The shot with what the index said of it. */
export function settleShot(shot: Shot, entry: IndexedSource | null): Shot {
  if (entry?.source) return { ...shot, status: 'ready', problem: null, media: shotMedia(entry.source), reel: shot.reel ?? entry.source.reel };
  return { ...shot, ...failure(entry?.error ?? { code: 'input.missing', message: 'does not exist', place: {} }) };
}

function failure(error: FlatError): Pick<Shot, 'status' | 'problem'> {
  return { status: error.code === 'input.missing' ? 'missing' : 'refused', problem: describeError({ ...error, place: {} }) };
}

export function newShot(id: number, path: string): Shot {
  const name = basename(path, extname(path));
  const { scene, take, reel, version, versionGroup } = parseShotName(name);
  return {
    id, path, name, status: 'indexing', problem: null, media: null, scene, take, reel, note: '', tags: [], rating: 0, isCircled: false, versionGroup, version, added: Date.now(),
  };
}
