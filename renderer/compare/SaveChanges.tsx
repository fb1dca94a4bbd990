/** Only what changed, as a timeline file of its own: where to, and what its format could not carry. */
import { useState } from 'react';
import type { SavedTimeline } from '../../app/contract/editor/compare.ts';
import { Destination } from '../export/Destination.tsx';
import { Losses } from '../export/Losses.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { suggestedChanges, type Cuts } from './compare-rows.ts';

export function SaveChanges({ cuts: { old, now } }: { readonly cuts: Cuts }) {
  const session = useSession();
  const projectPath = useProject((view) => view.path);
  const [output, setOutput] = useState(() => suggestedChanges(now, projectPath));
  const [saved, setSaved] = useState<SavedTimeline | null>(null);
  const save = async (): Promise<void> => {
    if (old === undefined || now === undefined) return;
    setSaved(await session.run('cuts.saveChanges', { cuts: { old, now, handles: null }, output }));
  };
  return (
    <form
      className="compare-save"
      onSubmit={(event) => {
        event.preventDefault();
        save().catch((error: unknown) => { session.fail(error); });
      }}
    >
      <Destination
        output={output}
        onOutput={(path) => {
          setOutput(path);
          setSaved(null);
        }}
      />
      <button type="submit" className="button button-primary" disabled={output.trim() === ''}>{text('compare.saveNow')}</button>
      {saved && <Losses saved={saved} />}
    </form>
  );
}
