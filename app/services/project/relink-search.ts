/** Files for the project's missing shots below a folder: looked for once, and weighed again with each choice of the user's. */
import { StringoutError } from '../../base/errors.ts';
import type { ShotLinks } from '../../contract/editor/relink-schema.ts';
import { usedRange } from '../../domain/edits/relink-shots.ts';
import type { Shot } from '../../domain/project/project.ts';
import { relink, type LinkQuestion } from '../../domain/relink/relink.ts';
import { wantedShot } from '../../domain/relink/wanted-shot.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { findFiles } from '../relink/find-files.ts';
import { listMedia } from '../relink/list-media.ts';
import type { JobWork } from './job-list.ts';
import type { ProjectSession } from './project-session.ts';

/** As many are shown for one shot; the best come first. */
const mostCandidates = 20;
/** Two windows may search at a time. */
const mostSearches = 4;

type Found = { readonly shots: readonly Shot[]; readonly questions: readonly LinkQuestion[]; readonly listed: number; readonly read: number };

export class RelinkSearch {
  readonly folder: string;
  readonly #session: ProjectSession;
  readonly #host: AssemblyHost;
  #found: Found | null = null;

  constructor(folder: string, session: ProjectSession, host: AssemblyHost) {
    this.folder = folder;
    this.#session = session;
    this.#host = host;
  }

  readonly work: JobWork = async ({ signal, tell }) => {
    const { state } = this.#session;
    const shots = [...state.shots.values()].filter(({ status }) => status === 'missing');
    tell({ phase: 'listing the folder' });
    const { media, unreadable } = await listMedia(this.folder);
    signal.throwIfAborted();
    tell({ phase: 'looking into files', throughput: `${media.length} media listed` });
    const wanted = shots.map((shot) => wantedShot(shot, usedRange(state, shot)));
    const { links, read, isUnread, questions } = await findFiles(wanted, media, this.#host, {
      signal, sequenceRate: state.sequence.rate, onProgress: (done, of) => { tell({ progress: done / Math.max(1, of), throughput: `${done} of ${of} files` }); },
    });
    this.#found = { shots, questions, listed: media.length, read };
    const found = links.filter(({ chosen }) => chosen).length;
    return {
      lines: [`${found} of ${shots.length} missing ${shots.length === 1 ? 'shot' : 'shots'} found among ${media.length} media; ${read} looked into`],
      warnings: [
        ...(unreadable.length > 0 ? [`${unreadable.length} ${unreadable.length === 1 ? 'folder' : 'folders'} cannot be read: ${unreadable.slice(0, 3).join(', ')}`] : []),
        ...(isUnread ? ['the folder is too large to look into all of its media for shots whose names lead nowhere: name a folder further down'] : []),
      ],
    };
  };

  /** `answers`: a path the user chose, by shot. Throws `usage` before the search has ended. */
  links(answers: ReadonlyMap<number, string>): ShotLinks {
    if (!this.#found) throw new StringoutError('usage', 'the search has not ended');
    const { shots, questions, listed, read } = this.#found;
    const byPlace = new Map(shots.flatMap(({ id }, place) => {
      const path = answers.get(id);
      return path === undefined ? [] : [[place, path] as const];
    }));
    const links = relink(questions, byPlace).map(({ status, chosen, candidates, reason }, place) => {
      const best = candidates.slice(0, mostCandidates);
      return {
        shotId: shots[place]?.id ?? 0, status, path: chosen?.candidate.path ?? null, reason,
        candidates: [...best, ...(chosen && !best.includes(chosen) ? [chosen] : [])].map(({ candidate, coverage, reason: why }) => ({ path: candidate.path, fit: coverage.fit, reason: why })),
      };
    });
    return { folder: this.folder, listed, read, links };
  }
}

/** The latest searches of a project; older ones are let go with what they hold. */
export class RelinkSearches {
  readonly #byJob = new Map<number, RelinkSearch>();

  keep(jobId: number, search: RelinkSearch): void {
    this.#byJob.set(jobId, search);
    const [oldest] = this.#byJob.keys();
    if (this.#byJob.size > mostSearches && oldest !== undefined) this.#byJob.delete(oldest);
  }

  get(jobId: number): RelinkSearch | null {
    return this.#byJob.get(jobId) ?? null;
  }
}
