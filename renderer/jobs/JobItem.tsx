/** One job: how far it is, what can be done with it, and at the end its report or what went wrong. */
import { useEffect, useState } from 'react';
import type { Job } from '../../app/contract/editor/export-settings.ts';
import { Icon, type IconName } from '../controls/Icon.tsx';
import { useSession } from '../session/use-session.ts';
import { formatDate } from '../texts/format.ts';
import { plural, text } from '../texts/text.ts';
import { canResume, isAlive, jobLine } from './job-words.ts';

const icons: Readonly<Record<Job['kind'], IconName>> = { export: 'export', bringIn: 'folder', proxies: 'proxy', pulls: 'film', stems: 'sound', review: 'link', conform: 'spark', relink: 'search' };

export function JobItem({ job }: { readonly job: Job }) {
  const hasMore = job.result.length > 1 || job.warnings.length > 0;
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li className="job" data-state={job.state}>
      <div className="job-head">
        <Icon name={icons[job.kind]} />
        <span className="job-label one-line" data-tip={job.output ?? job.label}>{job.label}</span>
        <JobOrders job={job} />
      </div>
      <div className="progress" role="progressbar" aria-label={job.label} aria-valuenow={Math.floor(job.progress * 100)} aria-valuemin={0} aria-valuemax={100}>
        <div className="progress-bar" data-state={job.state} style={{ transform: `scaleX(${String(job.progress)})` }} />
      </div>
      <div className="job-line">
        <span className="one-line">{jobLine(job)}</span>
        {job.ended !== null && <span className="job-time">{formatDate(job.ended).slice(11)}</span>}
      </div>
      {job.problem !== null && <p className="job-problem">{job.problem}</p>}
      {job.kind === 'review' && job.state === 'done' && job.result[0] !== undefined ? <ReviewLink path={job.result[0]} /> : <Report job={job} isOpen={isOpen} />}
      {hasMore && job.kind !== 'review' && (
        <button type="button" className="job-more" aria-expanded={isOpen} onClick={() => { setIsOpen(!isOpen); }}>
          <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
          {job.warnings.length > 0 ? plural('job.warnings', job.warnings.length) : text('job.report')}
        </button>
      )}
    </li>
  );
}

function Report({ job: { result, warnings }, isOpen }: { readonly job: Job; readonly isOpen: boolean }) {
  const lines = isOpen ? result : result.slice(0, 1);
  return (
    <>
      {lines.map((line) => <p key={line} className="job-result">{line}</p>)}
      {isOpen && warnings.map((warning) => <p key={warning} className="job-warning">{warning}</p>)}
    </>
  );
}

function ReviewLink({ path }: { readonly path: string }) {
  const session = useSession();
  const { desktop } = session;
  const [address, setAddress] = useState(desktop ? '' : new URL(path, location.href).href);
  // Other players do not know the desktop's own scheme.
  useEffect(() => { desktop?.addressOf(path).then(setAddress, (error: unknown) => { session.fail(error); }); }, [desktop, path, session]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(address);
    session.notices.show('info', text('link.copied'));
  };
  return (
    <div className="form-pair">
      <input className="field" readOnly value={address} aria-label={text('link.address')} onFocus={(event) => { event.currentTarget.select(); }} />
      <button type="button" className="button" onClick={() => { copy().catch((error: unknown) => { session.fail(error); }); }}><Icon name="copy" />{text('link.copy')}</button>
    </div>
  );
}

function JobOrders({ job }: { readonly job: Job }) {
  const session = useSession();
  const order = (name: 'cancel' | 'pause' | 'resume' | 'forget') => (): void => { void session.run('jobs.control', { jobId: job.id, order: name }); };
  const { output } = job;
  const { desktop } = session;
  const orders: readonly { readonly key: string; readonly icon: IconName; readonly words: string; readonly isShown: boolean; readonly run: () => void }[] = [
    { key: 'folder', icon: 'folder', words: text('job.showInFolder'), isShown: desktop !== null && output !== null && job.state === 'done', run: () => { if (output !== null) desktop?.showInFolder(output); } },
    { key: 'pause', icon: 'pause', words: text('job.pause'), isShown: isAlive(job), run: order('pause') },
    { key: 'resume', icon: 'play', words: text(job.state === 'failed' || job.state === 'cancelled' ? 'job.again' : 'job.resume'), isShown: canResume(job), run: order('resume') },
    { key: 'cancel', icon: 'close', words: text('job.cancel'), isShown: isAlive(job) || job.state === 'paused', run: order('cancel') },
    { key: 'forget', icon: 'trash', words: text('job.forget'), isShown: !isAlive(job) && job.state !== 'paused', run: order('forget') },
  ];
  return orders.filter(({ isShown }) => isShown).map(({ key, icon, words, run }) => (
    <button key={key} type="button" className="icon-button" aria-label={text('job.order', { order: words, label: job.label })} data-tip={words} onClick={run}><Icon name={icon} /></button>
  ));
}
