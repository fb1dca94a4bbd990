/** The sequence as a timeline for other editors: which format, where to, and what that format could not carry. */
import { useState } from 'react';
import type { SavedTimeline } from '../../app/contract/editor/compare.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { Segments } from '../controls/Segments.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Destination } from './Destination.tsx';
import { Losses } from './Losses.tsx';
import { timelineFormatOf, timelineFormats, withTimelineFormat } from './timeline-formats.ts';
import './export.css';

export function TimelineExportDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const projectPath = useProject((view) => view.path);
  const [output, setOutput] = useState(() => projectPath.replace(/(?:\.stringout)?$/, '.otio'));
  const [saved, setSaved] = useState<SavedTimeline | null>(null);
  const [isWriting, setIsWriting] = useState(false);
  const format = timelineFormatOf(output);
  const onOutput = (path: string): void => {
    setOutput(path);
    setSaved(null);
  };
  const write = async (): Promise<void> => {
    setIsWriting(true);
    setSaved(await session.run('timeline.export', { output }));
    setIsWriting(false);
  };
  return (
    <Dialog
      title={text('timelineExport.title')} onClose={onClose} className="export"
      footer={(
        <>
          <span className="dialog-footer-note" />
          <button type="button" className="button" onClick={onClose}>{text(saved ? 'dialog.close' : 'dialog.cancel')}</button>
          <button type="submit" form="timeline-export-form" className="button button-primary" disabled={isWriting || format === null}>{text('export.start')}</button>
        </>
      )}
    >
      <form
        id="timeline-export-form" className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          write().catch((error: unknown) => { session.fail(error); });
        }}
      >
        <div className="form-row">
          <span className="form-label">{text('timelineExport.format')}</span>
          <div>
            <Segments
              label={text('timelineExport.format')} value={format ?? ''} onChange={(value) => { onOutput(withTimelineFormat(output, value)); }}
              options={timelineFormats.map((value) => ({ value, label: text(`timelineFormat.${value}`) }))}
            />
          </div>
          <span className="form-hint">{format === null ? text('timelineExport.unknown') : text(`timelineFormat.${format}Hint`)}</span>
        </div>
        <Destination output={output} onOutput={onOutput} />
        {saved && <Losses saved={saved} />}
      </form>
    </Dialog>
  );
}
