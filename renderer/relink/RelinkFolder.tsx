/** Where to look: typed, or chosen by the desktop's own dialog or our file browser. */
import { useId, useState } from 'react';
import { FileBrowser } from '../bring-in/FileBrowser.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';

/** Where this window looked last. */
let lastFolder = '';

export function RelinkFolder({ isSearching, isFirst, onSearch }: { readonly isSearching: boolean; /** Nothing was found yet. */ readonly isFirst: boolean; readonly onSearch: (folder: string) => Promise<void> }) {
  const session = useSession();
  const id = useId();
  const [folder, setFolder] = useState(lastFolder);
  const [isBrowsing, setIsBrowsing] = useState(session.desktop === null && lastFolder === '');
  const choose = async (): Promise<void> => {
    if (!session.desktop) {
      setIsBrowsing(!isBrowsing);
      return;
    }
    const chosen = await session.desktop.chooseFolder();
    if (chosen !== null) setFolder(chosen);
  };
  const search = (): void => {
    lastFolder = folder.trim();
    setIsBrowsing(false);
    onSearch(lastFolder).catch((error: unknown) => { session.fail(error); });
  };
  return (
    <form
      className="form-row"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <label className="form-label" htmlFor={id}>{text('relink.folder')}</label>
      <div className="form-pair">
        <input id={id} type="text" className="field" value={folder} placeholder={text('relink.folderHint')} spellCheck={false} autoComplete="off" onChange={(event) => { setFolder(event.target.value); }} />
        <button type="button" className="button" aria-expanded={session.desktop ? undefined : isBrowsing} onClick={() => { choose().catch((error: unknown) => { session.fail(error); }); }}>{text('export.choose')}</button>
        <button type="submit" className={isFirst ? 'button button-primary' : 'button'} disabled={folder.trim() === '' || isSearching}><Icon name="search" />{text('relink.search')}</button>
      </div>
      {isBrowsing && (
        <div className="relink-browser">
          <FileBrowser kinds={['folder']} chosen={new Set([folder])} onChosen={(paths) => { setFolder([...paths].at(-1) ?? ''); }} onFolder={setFolder} />
        </div>
      )}
    </form>
  );
}
