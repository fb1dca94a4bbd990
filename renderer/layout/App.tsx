/** The window: what is shown in each phase of the connection, the keyboard, and what lies over everything. */
import { useEffect } from 'react';
import { listenToKeys, runCommand } from '../commands/run-command.ts';
import { Tooltips } from '../controls/Tooltips.tsx';
import { JobAnnouncer } from '../jobs/JobAnnouncer.tsx';
import { NoticeList } from '../notices/NoticeList.tsx';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Dialogs } from './Dialogs.tsx';
import { DropTarget } from './DropTarget.tsx';
import { FullPage } from './FullPage.tsx';
import { TopBar } from './TopBar.tsx';
import { Workspace } from './Workspace.tsx';
import './app.css';

export function App() {
  const session = useSession();
  const phase = useProject((view) => view.phase);
  const name = useProject((view) => view.name);
  const hasReducedMotion = useUi((ui) => ui.hasReducedMotion);
  useEffect(() => listenToKeys(session), [session]);
  useEffect(() => session.desktop?.onCommand((id) => { runCommand(session, id); }), [session]);
  useEffect(() => { document.title = name === '' ? text('app.name') : text('app.title', { name }); }, [name]);
  useEffect(() => { document.documentElement.dataset['motion'] = hasReducedMotion ? 'reduced' : 'full'; }, [hasReducedMotion]);
  switch (phase) {
    case 'connecting': return <Connecting />;
    case 'refused': return <Refused />;
    case 'ready': return (
      <div className="app">
        <TopBar />
        <ConnectionBanner />
        <Workspace />
        <Dialogs />
        <DropTarget />
        <NoticeList />
        <JobAnnouncer />
        <Tooltips />
      </div>
    );
  }
}

function Connecting() {
  return (
    <main className="connecting" aria-busy="true">
      <h1 className="visually-hidden">{text('app.name')}</h1>
      <div className="connecting-bar" />
      <p>{text('connection.opening')}</p>
    </main>
  );
}

function Refused() {
  const refusal = useProject((view) => view.refusal);
  return (
    <FullPage icon="missing" title={text('connection.refusedTitle')} words={text('connection.refusedWords')} detail={refusal}>
      <button type="button" className="button button-primary button-large" onClick={() => { location.reload(); }}>{text('connection.tryAgain')}</button>
    </FullPage>
  );
}
