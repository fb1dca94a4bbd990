/** Where the movie goes: typed, or chosen by the desktop's own dialog or our file browser. */
import { useId, useState } from 'react';
import { FileBrowser } from '../bring-in/FileBrowser.tsx';
import { useSession } from '../session/use-session.ts';
import { fileName } from '../texts/format.ts';
import { text } from '../texts/text.ts';

export function Destination({ output, onOutput }: { readonly output: string; readonly onOutput: (output: string) => void }) {
  const session = useSession();
  const id = useId();
  const [isBrowsing, setIsBrowsing] = useState(false);
  const choose = async (): Promise<void> => {
    if (!session.desktop) {
      setIsBrowsing(!isBrowsing);
      return;
    }
    const chosen = await session.desktop.chooseOutput(output);
    if (chosen !== null) onOutput(chosen);
  };
  return (
    <div className="form-row">
      <label className="form-label" htmlFor={id}>{text('export.destination')}</label>
      <div className="form-pair">
        <input id={id} type="text" className="field" value={output} spellCheck={false} autoComplete="off" required onChange={(event) => { onOutput(event.target.value); }} />
        <button type="button" className="button" aria-expanded={session.desktop ? undefined : isBrowsing} onClick={() => { choose().catch((error: unknown) => { session.fail(error); }); }}>{text('export.choose')}</button>
      </div>
      {isBrowsing && (
        <div className="export-browser">
          <FileBrowser
            kinds={['folder']} chosen={new Set()} onChosen={() => undefined}
            onFolder={(folder) => { onOutput(`${folder.replace(/[\\/]$/, '')}${folder.includes('\\') ? '\\' : '/'}${fileName(output)}`); }}
          />
        </div>
      )}
    </div>
  );
}
