/** Says when a job has ended: to screen readers, and in a notice where the drawer is closed. */
import { useEffect, useState } from 'react';
import type { Job } from '../../app/contract/editor/export-settings.ts';
import { useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';

function endOf({ state, label, problem }: Job): { readonly level: 'info' | 'error'; readonly words: string } | null {
  switch (state) {
    case 'done': return { level: 'info', words: text('job.endedWell', { label }) };
    case 'failed': return { level: 'error', words: text('job.endedBadly', { label, problem: problem ?? '' }) };
    default: return null;
  }
}

export function JobAnnouncer() {
  const session = useSession();
  const [words, setWords] = useState('');
  useEffect(() => session.project.subscribe(({ jobs }, before) => {
    if (jobs === before.jobs) return;
    for (const job of jobs.values()) {
      const earlier = before.jobs.get(job.id);
      if (earlier === undefined || earlier.state === job.state) continue;
      const end = endOf(job);
      if (!end) continue;
      setWords(end.words);
      const { isJobsOpen, dialog } = session.ui.getState();
      // The relink dialog shows what came of its search itself.
      const isShown = isJobsOpen || (job.kind === 'relink' && dialog === 'relink');
      if (!isShown) session.notices.show(end.level, end.words);
    }
  }), [session]);
  return <div className="visually-hidden" role="status">{words}</div>;
}
