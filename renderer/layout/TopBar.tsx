/** Across the top: the project and whether it is saved, history, the palette, what goes on, export. */
import { CommandButton } from '../controls/CommandButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { shownKeys } from '../commands/keys.ts';
import { JobsButton } from '../jobs/JobsButton.tsx';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { FrameMeter } from './FrameMeter.tsx';
import './top-bar.css';

export function TopBar() {
  const name = useProject((view) => view.name);
  const undo = useProject((view) => view.history.undo);
  const redo = useProject((view) => view.history.redo);
  const showsMeter = useUi((ui) => ui.showsFrameMeter);
  return (
    <header className="top-bar">
      <div className="top-bar-side">
        <svg className="top-bar-mark" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M1 7h7v6H1z" fill="var(--so-copy)" /><path d="M9 7h3v6H9z" fill="var(--so-smart)" /><path d="M13 7h6v6h-6z" fill="var(--so-cached)" /><path d="M10.5 3v14" stroke="var(--so-accent)" strokeWidth="1.5" />
        </svg>
        <h1 className="top-bar-name one-line">{name}</h1>
        <SaveState />
      </div>
      <PaletteButton />
      <div className="top-bar-side top-bar-end">
        {showsMeter && <FrameMeter />}
        <CommandButton id="edit.undo" icon="undo" label={undo === null ? undefined : text('history.undo', { what: undo })} />
        <CommandButton id="edit.redo" icon="redo" label={redo === null ? undefined : text('history.redo', { what: redo })} />
        <span className="divider" />
        <JobsButton />
        <CommandButton id="file.settings" icon="settings" />
        <CommandButton id="file.bringIn" icon="add" className="button">{text('command.bringInShort')}</CommandButton>
        <CommandButton id="file.export" icon="export" className="button button-primary">{text('command.exportShort')}</CommandButton>
      </div>
    </header>
  );
}

function PaletteButton() {
  const session = useSession();
  return (
    <button type="button" className="palette-button" aria-keyshortcuts="Control+K" onClick={() => { session.ui.setState({ dialog: 'palette' }); }}>
      <Icon name="search" />
      <span>{text('palette.placeholder')}</span>
      <span className="key" aria-hidden="true">{shownKeys('Mod+K').join(' ')}</span>
    </button>
  );
}

function SaveState() {
  const isPending = useProject((view) => view.pendingEdits > 0);
  const isConnected = useProject((view) => view.isConnected);
  const isReadOnly = useProject((view) => view.readOnly !== null);
  if (isReadOnly) return <span className="badge" data-level="warning">{text('readOnly.badge')}</span>;
  if (!isConnected) return <span className="badge" data-level="error">{text('connection.badge')}</span>;
  return <span className="save-state" data-pending={isPending}>{text(isPending ? 'save.saving' : 'save.saved')}</span>;
}
