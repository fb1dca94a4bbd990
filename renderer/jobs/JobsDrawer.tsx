/** Everything that runs, waits or has ended, newest first. It lies over the window's right side and moves nothing. */
import { useEffect, useRef } from 'react';
import { Icon } from '../controls/Icon.tsx';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { JobItem } from './JobItem.tsx';
import { isAlive } from './job-words.ts';
import './jobs.css';

export function JobsDrawer() {
  const isOpen = useUi((ui) => ui.isJobsOpen);
  return isOpen ? <Drawer /> : null;
}

function Drawer() {
  const session = useSession();
  const jobs = useProject((view) => view.jobs);
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus();
    return () => { if (before instanceof HTMLElement) before.focus(); };
  }, []);
  const close = (): void => { session.ui.setState({ isJobsOpen: false }); };
  const newestFirst = [...jobs.values()].toSorted((a, b) => Number(isAlive(b)) - Number(isAlive(a)) || b.created - a.created);
  const ended = newestFirst.filter((job) => !isAlive(job) && job.state !== 'paused' && job.state !== 'interrupted');
  const clear = async (): Promise<void> => {
    for (const { id } of ended) await session.run('jobs.control', { jobId: id, order: 'forget' });
  };
  return (
    <aside
      ref={ref} className="jobs" tabIndex={-1} aria-label={text('jobs.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <header className="jobs-header">
        <h2 className="panel-title">{text('jobs.title')}</h2>
        <button type="button" className="button button-quiet" disabled={ended.length === 0} onClick={() => { clear().catch((error: unknown) => { session.fail(error); }); }}>{text('jobs.clear')}</button>
        <button type="button" className="icon-button" aria-label={text('jobs.close')} onClick={close}><Icon name="close" /></button>
      </header>
      {newestFirst.length === 0
        ? <div className="empty"><Icon name="jobs" /><h3>{text('jobs.none')}</h3><p>{text('jobs.noneWords')}</p></div>
        : <ul className="jobs-list">{newestFirst.map((job) => <JobItem key={job.id} job={job} />)}</ul>}
    </aside>
  );
}
