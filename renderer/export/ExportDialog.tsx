/** Export: what the movie is, where it goes, what it will cost. Settings stay with the project; the cost bar follows them while they change. */
import { useState } from 'react';
import type { ExportSettings } from '../../app/contract/editor/export-settings.ts';
import { costLine } from '../cost/cost-words.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Destination } from './Destination.tsx';
import { withContainer } from './export-choices.ts';
import { PictureFields } from './PictureFields.tsx';
import { ProgrammeFields } from './ProgrammeFields.tsx';
import './export.css';

export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const settings = useProject((view) => view.exportSettings);
  const cost = useProject((view) => view.cost);
  const projectPath = useProject((view) => view.path);
  const [output, setOutput] = useState(() => suggestedOutput(projectPath, session.ui.getState().exportFolder, settings));
  const [isStarting, setIsStarting] = useState(false);

  const onSettings = (changed: ExportSettings): void => {
    // Shown at once: the host says the same a moment later.
    session.project.setState({ exportSettings: changed });
    if (changed.container !== settings.container) setOutput(withContainer(output, changed.container));
    void session.run('export.settings', { settings: changed });
  };
  const start = async (): Promise<void> => {
    setIsStarting(true);
    const started = await session.run('export.start', { settings, output });
    setIsStarting(false);
    if (!started) return;
    session.ui.setState({ dialog: null, isJobsOpen: true, exportFolder: output.replace(/[\\/][^\\/]*$/, '') });
  };
  return (
    <Dialog
      title={text('export.title')} onClose={onClose} className="export"
      footer={(
        <>
          <span className="dialog-footer-note" role="status">{cost?.problem ?? (cost ? costLine(cost) : '')}</span>
          <button type="button" className="button" onClick={onClose}>{text('dialog.cancel')}</button>
          <button type="submit" form="export-form" className="button button-primary" disabled={isStarting || output.trim() === ''}>{text('export.start')}</button>
        </>
      )}
    >
      <form
        id="export-form" className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          start().catch((error: unknown) => { session.fail(error); });
        }}
      >
        <PictureFields settings={settings} onSettings={onSettings} />
        <hr className="form-line" />
        <ProgrammeFields settings={settings} onSettings={onSettings} />
        <hr className="form-line" />
        <Destination output={output} onOutput={setOutput} />
      </form>
    </Dialog>
  );
}

/** Beside the project, or where the last export went. */
function suggestedOutput(projectPath: string, folder: string | null, { container }: ExportSettings): string {
  const beside = projectPath.replace(/\.stringout$/, '');
  const name = beside.split(/[\\/]/).at(-1) ?? '';
  return `${folder === null ? beside : `${folder}${projectPath.includes('\\') ? '\\' : '/'}${name}`}.${container}`;
}
