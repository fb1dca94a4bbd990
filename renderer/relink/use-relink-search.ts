/** A search for missing media as the dialog sees it: its job, what it found, and what the user's choices make of that. */
import { useEffect, useState } from 'react';
import type { Job } from '../../app/contract/editor/export-settings.ts';
import type { ShotLinks } from '../../app/contract/editor/relink-schema.ts';
import { isAlive } from '../jobs/job-words.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { usualOrder, type LinkChoices } from './link-rows.ts';

const noChoices: LinkChoices = { answers: new Map(), left: new Set() };

export type FoundLinks = { readonly jobId: number; readonly links: ShotLinks; readonly order: readonly number[] };

export type RelinkSearch = {
  readonly job: Job | null;
  readonly isSearching: boolean;
  readonly found: FoundLinks | null;
  readonly choices: LinkChoices;
  readonly start: (folder: string) => Promise<void>;
  readonly stop: () => void;
  /** Null: the shot stays missing. */
  readonly choose: (shotId: number, path: string | null) => void;
};

export function useRelinkSearch(): RelinkSearch {
  const session = useSession();
  const [jobId, setJobId] = useState<number | null>(null);
  const [choices, setChoices] = useState(noChoices);
  const [found, setFound] = useState<FoundLinks | null>(null);
  const job = useProject((view) => (jobId === null ? null : view.jobs.get(jobId) ?? null));
  const isDone = job?.state === 'done';
  const { answers } = choices;
  useEffect(() => {
    if (!isDone || jobId === null) return undefined;
    const controller = new AbortController();
    const asked = [...answers].map(([shotId, path]) => ({ shotId, path }));
    session.client.call('relink.links', { jobId, answers: asked }, controller.signal).then((links) => {
      // Rows stay where they are while one is chosen after the other.
      setFound((before) => ({ jobId, links, order: before?.jobId === jobId ? before.order : usualOrder(links) }));
    }, (error: unknown) => { if (!controller.signal.aborted) session.fail(error); });
    return () => { controller.abort(); };
  }, [session, jobId, isDone, answers]);
  return {
    job, choices, isSearching: job !== null && (isAlive(job) || (isDone && found?.jobId !== jobId)), found: found?.jobId === jobId ? found : null,
    start: async (folder) => {
      const started = await session.run('relink.search', { folder });
      if (!started) return;
      setChoices(noChoices);
      setJobId(started.jobId);
    },
    stop: () => { if (job && isAlive(job)) void session.run('jobs.control', { jobId: job.id, order: 'cancel' }); },
    choose: (shotId, path) => {
      setChoices((before) => {
        const left = new Set(before.left);
        const chosen = new Map(before.answers);
        if (path === null) {
          left.add(shotId);
          chosen.delete(shotId);
        } else {
          left.delete(shotId);
          chosen.set(shotId, path);
        }
        return { left, answers: chosen };
      });
    },
  };
}
