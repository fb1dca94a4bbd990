/** The first minute: forty shots made here, in the bin and on the timeline, some of them trimmed. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { editTimeline } from '../../domain/edits/edit-timeline.ts';
import type { ShotRange } from '../../domain/project/edit.ts';
import { sourceTicks } from '../../domain/edits/source-ticks.ts';
import type { JobRunner } from '../assembly/ports.ts';
import { makeFootage } from '../footage/make-footage.ts';
import { bringIn } from './bring-in.ts';
import type { JobWork } from './job-list.ts';
import type { ProjectSession } from './project-session.ts';
import type { SourceLibrary } from './source-library.ts';

const shots = 40;
/** A trim inside a group of pictures, so that the cost bar shows what an edge is. */
const trimmed = { every: 4, in: 5, out: 3 };

/** Footage goes into "Sample footage" beside the project. */
export function makeSample(session: ProjectSession, library: SourceLibrary, jobs: JobRunner): JobWork {
  return async (run) => {
    const folder = join(dirname(session.store.path), 'Sample footage');
    await mkdir(folder, { recursive: true });
    const paths = await makeFootage(folder, shots, jobs, { signal: run.signal, onProgress: (done, total) => { run.tell({ phase: 'making footage', progress: (done / total) * 0.9 }); } });
    const report = await bringIn([folder], session, library)({ signal: run.signal, tell: ({ phase }) => { run.tell({ phase: phase ?? '', progress: 0.95 }); } });
    const { state } = session;
    const made = new Set(paths);
    const ranges = [...state.shots.values()].filter((shot) => made.has(shot.path) && shot.status === 'ready').map((shot, index): ShotRange => {
      const length = sourceTicks(shot, state.sequence.rate);
      const isTrimmed = index % trimmed.every === trimmed.every - 1 && length > trimmed.in + trimmed.out + 1;
      return isTrimmed ? { shotId: shot.id, sourceIn: trimmed.in, length: length - trimmed.in - trimmed.out } : { shotId: shot.id, sourceIn: 0, length };
    });
    if (state.clips.size === 0 && ranges.length > 0) {
      session.commit('place the sample', editTimeline(state, { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges }, () => session.store.newId()));
    }
    return report;
  };
}
