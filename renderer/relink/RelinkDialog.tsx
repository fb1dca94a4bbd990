/** Media of missing shots found again: a folder, what lies in it for each shot and why, and one edit that takes it. */
import { useState } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { Icon } from '../controls/Icon.tsx';
import { sortShots } from '../bin/sort-shots.ts';
import { jobLine } from '../jobs/job-words.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import { isOpen, linkRows, type LinkRow } from './link-rows.ts';
import { RelinkFolder } from './RelinkFolder.tsx';
import { RelinkList } from './RelinkList.tsx';
import { useRelinkSearch, type RelinkSearch } from './use-relink-search.ts';
import './relink.css';

export function RelinkDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const shots = useProject((view) => view.state.shots);
  const [isApplying, setIsApplying] = useState(false);
  const search = useRelinkSearch();
  const missing = sortShots([...shots.values()].filter(({ status }) => status === 'missing'), 'name', false);
  const rows = linkRows(missing, search.found?.links ?? null, search.choices, search.found?.order ?? []);
  const links = rows.flatMap(({ shot, path }) => (path === null ? [] : [{ shotId: shot.id, path }]));
  const close = (): void => {
    search.stop();
    onClose();
  };
  const apply = async (): Promise<void> => {
    setIsApplying(true);
    const isDone = await session.change('relink.apply', { links });
    setIsApplying(false);
    if (!isDone) return;
    session.notices.show('info', plural('relink.done', links.length));
    close();
  };
  if (missing.length === 0) {
    return (
      <Dialog title={text('relink.title')} onClose={close} footer={<button type="button" className="button button-primary" onClick={close}>{text('dialog.close')}</button>}>
        <div className="dialog-body"><p className="relink-words">{text('relink.nothing')}</p></div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={text('relink.title')} onClose={close} className="relink"
      footer={(
        <>
          <span className="dialog-footer-note" role="status">{summary(rows, search)}</span>
          <button type="button" className="button" onClick={close}>{text('dialog.cancel')}</button>
          <button type="button" className="button button-primary" disabled={links.length === 0 || isApplying} onClick={() => { apply().catch((error: unknown) => { session.fail(error); }); }}>
            <Icon name="link" />{links.length === 0 ? text('relink.apply') : plural('relink.applyCount', links.length)}
          </button>
        </>
      )}
    >
      <div className="dialog-body">
        <p className="relink-words">{text('relink.words')}</p>
        <RelinkFolder isSearching={search.isSearching} isFirst={search.found === null} onSearch={search.start} />
        <Progress search={search} />
        <RelinkList rows={rows} folder={search.found?.links.folder ?? ''} onChoose={search.choose} />
      </div>
    </Dialog>
  );
}

function Progress({ search: { job, isSearching } }: { readonly search: RelinkSearch }) {
  if (!job) return null;
  if (job.problem !== null) return <p className="form-problem" role="alert">{job.problem}</p>;
  if (!isSearching) return job.warnings.map((warning) => <p key={warning} className="relink-warning"><Icon name="warning" />{warning}</p>);
  return (
    <div>
      <div className="progress" role="progressbar" aria-label={job.label} aria-valuenow={Math.floor(job.progress * 100)} aria-valuemin={0} aria-valuemax={100}>
        <div className="progress-bar" style={{ transform: `scaleX(${String(job.progress)})` }} />
      </div>
      <p className="relink-words">{jobLine(job)}</p>
    </div>
  );
}

function summary(rows: readonly LinkRow[], { found }: RelinkSearch): string {
  if (!found) return plural('relink.missing', rows.length);
  const open = rows.filter(isOpen).length;
  const sum = text('relink.sum', { found: rows.filter(({ path }) => path !== null).length, all: rows.length, listed: found.links.listed, read: found.links.read });
  return open === 0 ? sum : `${sum} · ${plural('relink.open', open)}`;
}
