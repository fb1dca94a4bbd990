/** What the user can have otherwise: of this window, and of the project. */
import { useState } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Switch } from '../controls/Switch.tsx';
import { FileBrowser } from '../bring-in/FileBrowser.tsx';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { usualPreferences } from '../session/ui-store.ts';
import { text } from '../texts/text.ts';
import './settings.css';

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={text('settings.title')} onClose={onClose} footer={<About />}>
      <div className="dialog-body">
        <WindowSettings />
        <hr className="form-line" />
        <ProjectSettings />
        <hr className="form-line" />
        <Encoders />
      </div>
    </Dialog>
  );
}

function WindowSettings() {
  const session = useSession();
  const ui = useUi((state) => state);
  const { binWidth, inspectorWidth, timelineHeight } = usualPreferences;
  return (
    <div className="form-row">
      <span className="form-label">{text('settings.window')}</span>
      <div className="settings-list">
        <Switch label={text('settings.reducedMotion')} isOn={ui.hasReducedMotion} onChange={(hasReducedMotion) => { session.ui.setState({ hasReducedMotion }); }} />
        <Switch label={text('settings.frameMeter')} isOn={ui.showsFrameMeter} onChange={(showsFrameMeter) => { session.ui.setState({ showsFrameMeter }); }} />
        <Switch label={text('settings.snapping')} isOn={ui.isSnapping} onChange={(isSnapping) => { session.ui.setState({ isSnapping }); }} />
        <Switch label={text('settings.follow')} isOn={ui.isFollowing} onChange={(isFollowing) => { session.ui.setState({ isFollowing }); }} />
        <button type="button" className="button" onClick={() => { session.ui.setState({ binWidth, inspectorWidth, timelineHeight, isInspectorShown: true }); }}>{text('settings.resetLayout')}</button>
      </div>
    </div>
  );
}

function ProjectSettings() {
  const session = useSession();
  const usesProxies = useProject((view) => view.usesProxies);
  const isReadOnly = useProject((view) => view.readOnly !== null);
  return (
    <>
      <div className="form-row">
        <span className="form-label">{text('settings.project')}</span>
        <Switch label={text('settings.proxies')} isOn={usesProxies} onChange={(isOn) => { void session.run('proxies.use', { isOn }); }} />
      </div>
      <div className="form-row">
        <span className="form-label">{text('settings.watched')}</span>
        <WatchedFolders isReadOnly={isReadOnly} />
      </div>
    </>
  );
}

function WatchedFolders({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const session = useSession();
  const watched = useProject((view) => view.watched);
  const [isAdding, setIsAdding] = useState(false);
  const [folder, setFolder] = useState<string | null>(null);
  const set = (folders: readonly string[]): void => { void session.run('watch.set', { folders: [...new Set(folders)] }); };
  const add = async (): Promise<void> => {
    if (!session.desktop) {
      setIsAdding(true);
      return;
    }
    const chosen = await session.desktop.chooseFolder();
    if (chosen !== null) set([...watched, chosen]);
  };
  return (
    <div className="settings-list">
      {watched.length === 0 && <p className="settings-dim">{text('settings.noWatched')}</p>}
      {watched.map((path) => (
        <div key={path} className="settings-folder">
          <Icon name="folder" /><span className="one-line" data-tip={path}>{path}</span>
          <button type="button" className="icon-button" disabled={isReadOnly} aria-label={text('settings.unwatch', { folder: path })} onClick={() => { set(watched.filter((each) => each !== path)); }}><Icon name="close" /></button>
        </div>
      ))}
      {isAdding
        ? (
          <>
            <div className="settings-browser"><FileBrowser kinds={['folder']} chosen={folder === null ? new Set() : new Set([folder])} onChosen={(paths) => { setFolder([...paths].at(-1) ?? null); }} /></div>
            <div className="form-pair">
              <button
                type="button" className="button button-primary" disabled={folder === null}
                onClick={() => {
                  if (folder !== null) set([...watched, folder]);
                  setIsAdding(false);
                }}
              >
                {text('settings.watchThis')}
              </button>
              <button type="button" className="button" onClick={() => { setIsAdding(false); }}>{text('dialog.cancel')}</button>
            </div>
          </>
        )
        : <button type="button" className="button" disabled={isReadOnly} onClick={() => { add().catch((error: unknown) => { session.fail(error); }); }}><Icon name="add" />{text('settings.watch')}</button>}
    </div>
  );
}

function Encoders() {
  const hardware = useProject((view) => view.host?.hardware ?? []);
  return (
    <div className="form-row">
      <span className="form-label">{text('settings.encoders')}</span>
      <div className="settings-list">
        {[...Map.groupBy(hardware, ({ reason }) => reason)].map(([reason, encoders]) => <p key={reason} className="settings-dim">{encoders.map(({ codec }) => codec).join(', ')}: {reason}</p>)}
      </div>
    </div>
  );
}

function About() {
  const version = useProject((view) => view.host?.version ?? '');
  const path = useProject((view) => view.path);
  return <span className="dialog-footer-note settings-about">{text('settings.about', { version, path })}</span>;
}
