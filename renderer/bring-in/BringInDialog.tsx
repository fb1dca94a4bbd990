/** Bringing footage in, in a browser: files and folders of the host's disk, and folders to watch. */
import { useState } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Switch } from '../controls/Switch.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import { bringIn } from './bring-in.ts';
import { FileBrowser } from './FileBrowser.tsx';
import './bring-in.css';

export function BringInDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const watched = useProject((view) => view.watched);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [folder, setFolder] = useState<string | null>(null);
  const [isWatching, setIsWatching] = useState(false);
  const start = async (): Promise<void> => {
    const paths = [...chosen];
    if (isWatching) await session.run('watch.set', { folders: [...new Set([...watched, ...paths])] });
    await bringIn(session, paths);
  };
  return (
    <Dialog
      title={text('bringIn.title')} onClose={onClose} className="bring-in"
      footer={(
        <>
          <span className="dialog-footer-note" role="status">{chosen.size === 0 ? text('bringIn.choose') : plural('bringIn.chosen', chosen.size)}</span>
          {folder !== null && <button type="button" className="button" onClick={() => { setChosen(new Set([folder])); }}>{text('bringIn.wholeFolder')}</button>}
          <button type="button" className="button" onClick={onClose}>{text('dialog.cancel')}</button>
          <button type="button" className="button button-primary" disabled={chosen.size === 0} onClick={() => { start().catch((error: unknown) => { session.fail(error); }); }}>
            <Icon name="add" />{text('command.bringInShort')}
          </button>
        </>
      )}
    >
      <div className="dialog-body">
        <p className="bring-in-words">{text('bringIn.words')}</p>
        <div className="bring-in-files"><FileBrowser kinds={['folder', 'media', 'timeline']} chosen={chosen} onChosen={setChosen} onFolder={setFolder} /></div>
        <Switch label={text('bringIn.watch')} isOn={isWatching} onChange={setIsWatching} />
      </div>
    </Dialog>
  );
}
