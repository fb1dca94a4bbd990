/** Two cuts side by side: what became of each clip, coloured and in words. */
import { useState } from 'react';
import type { ComparedRow } from '../../app/contract/editor/compare.ts';
import type { ChangeState } from '../../app/domain/diff/model.ts';
import { FileBrowser } from '../bring-in/FileBrowser.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import { ChangeFilters } from './ChangeFilters.tsx';
import { ChangeList } from './ChangeList.tsx';
import { countStates, frameOfRow, withCut, type Cuts, type CutSide } from './compare-rows.ts';
import { CutSides } from './CutSides.tsx';
import { SaveChanges } from './SaveChanges.tsx';
import { useComparison, type ComparisonView } from './use-comparison.ts';
import './compare.css';

/** What was compared last, in this window: a look at the timeline and back costs nothing. */
let lastCuts: Cuts = { old: null, now: undefined };

const unchangedOnly: ReadonlySet<ChangeState> = new Set(['unchanged']);

export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const [cuts, setCuts] = useState(lastCuts);
  const [browsing, setBrowsing] = useState<CutSide | null>(cuts.now === undefined && !session.desktop ? 'now' : null);
  const [more, setMore] = useState<'notes' | 'saving' | null>(null);
  const view = useComparison(cuts);
  const onCuts = (next: Cuts): void => {
    lastCuts = next;
    setCuts(next);
    setBrowsing(null);
    setMore(null);
  };
  const onChoose = async (side: CutSide): Promise<void> => {
    if (!session.desktop) {
      setBrowsing(browsing === side ? null : side);
      return;
    }
    const path = await session.desktop.chooseTimeline();
    if (path !== null) onCuts(withCut(cuts, side, path));
  };
  const changes = view.comparison?.rows.filter(({ state, now }) => state !== 'unchanged' && state !== 'omitted' && now !== null).length ?? 0;
  const notes = (['old', 'now'] as const).flatMap((side) => view.comparison?.[side].notes.map((note) => ({ side, note })) ?? []);
  return (
    <Dialog
      title={text('compare.title')} onClose={onClose} className="compare"
      footer={(
        <>
          <span className="dialog-footer-note one-line" role="status">{view.comparison ? view.comparison.warnings.join(' · ') || text('compare.hint') : ''}</span>
          {notes.length > 0 && <button type="button" className="button button-quiet" aria-expanded={more === 'notes'} onClick={() => { setMore(more === 'notes' ? null : 'notes'); }}>{plural('compare.notes', notes.length)}</button>}
          <button type="button" className="button" aria-expanded={more === 'saving'} disabled={changes === 0} onClick={() => { setMore(more === 'saving' ? null : 'saving'); }}>{text('compare.save')}</button>
          <button type="button" className="button button-primary" onClick={onClose}>{text('dialog.close')}</button>
        </>
      )}
    >
      <CutSides cuts={cuts} comparison={view.comparison} browsing={browsing} onCuts={onCuts} onChoose={(side) => { onChoose(side).catch((error: unknown) => { session.fail(error); }); }} />
      {browsing === null
        ? <Result view={view} cuts={cuts} onClose={onClose} />
        : (
          <div className="compare-files">
            <FileBrowser key={browsing} kinds={['folder', 'timeline']} chosen={new Set()} onChosen={(paths) => { for (const path of paths) onCuts(withCut(cuts, browsing, path)); }} />
          </div>
        )}
      {more === 'saving' && <SaveChanges cuts={cuts} />}
      {more === 'notes' && <Notes notes={notes} />}
    </Dialog>
  );
}

function Result({ view: { comparison, problem }, cuts, onClose }: { readonly view: ComparisonView; readonly cuts: Cuts; readonly onClose: () => void }) {
  const session = useSession();
  const rate = useProject((project) => project.state.sequence.rate);
  const [hidden, setHidden] = useState(unchangedOnly);
  if (problem !== null) return <p className="compare-problem" role="alert">{problem}</p>;
  if (!comparison) return <p className="compare-empty">{text(cuts.old === undefined || cuts.now === undefined ? 'compare.choose' : 'compare.comparing')}</p>;
  const rows = comparison.rows.filter(({ state }) => !hidden.has(state));
  const seek = (row: ComparedRow): void => {
    session.playback.setSpeed(0);
    session.playback.seek(frameOfRow(row, comparison, cuts, rate));
  };
  return (
    <>
      <ChangeFilters counts={countStates(comparison.rows)} hidden={hidden} onHidden={setHidden} />
      {rows.length === 0
        ? <p className="compare-empty">{text(comparison.rows.every(({ state }) => state === 'unchanged') ? 'compare.same' : 'compare.allHidden')}</p>
        : (
          <ChangeList
            comparison={comparison} rows={rows} onRow={seek}
            onLeave={(row) => {
              seek(row);
              onClose();
            }}
          />
        )}
    </>
  );
}

/** What was understood otherwise while the files were read. */
function Notes({ notes }: { readonly notes: readonly { readonly side: CutSide; readonly note: string }[] }) {
  return (
    <div className="compare-notes">
      <ul className="losses-list" tabIndex={0} aria-label={plural('compare.notes', notes.length)}>
        {notes.map(({ side, note }, index) => <li key={index}><span>{text(`compare.${side}`)}</span>{note}</li>)}
      </ul>
    </div>
  );
}
