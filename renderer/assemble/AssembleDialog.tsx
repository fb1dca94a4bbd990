/** From the bin to a string-out: what is taken, in which order, and what comes of it. */
import { useState } from 'react';
import { Dialog } from '../controls/Dialog.tsx';
import { Segments } from '../controls/Segments.tsx';
import { Switch } from '../controls/Switch.tsx';
import { placedLength, placingRate, shotRanges } from '../bin/shot-ranges.ts';
import { useProject, useSelection, useSession } from '../session/use-session.ts';
import { formatLength } from '../texts/format.ts';
import { plural, text } from '../texts/text.ts';
import { assembledShots, assembleOrders, type AssembleOrder } from './assemble.ts';

export function AssembleDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const state = useProject((view) => view.state);
  const selected = useSelection((selection) => selection.shotIds);
  const [isSelectionOnly, setIsSelectionOnly] = useState(selected.size > 1);
  const [order, setOrder] = useState<AssembleOrder>('name');
  const [isCircledOnly, setIsCircledOnly] = useState(false);
  const [hasSlates, setHasSlates] = useState(false);
  const [isNewestOnly, setIsNewestOnly] = useState(true);
  const candidates = [...state.shots.values()].filter(({ id }) => !isSelectionOnly || selected.has(id));
  const shots = assembledShots(candidates, { order, isCircledOnly, isNewestOnly });
  const ranges = shotRanges(shots, state.sequence);
  const assemble = async (): Promise<void> => {
    if (hasSlates) {
      if (!await session.run('assemble.withSlates', { ranges })) return;
      session.ui.setState({ isJobsOpen: true });
    } else {
      const isDone = await session.edit({ kind: 'place', mode: 'append', at: session.playback.length, pictureTrackId: null, soundTrackId: null, ranges });
      if (!isDone) return;
      session.notices.show('info', plural('assemble.done', ranges.length));
    }
    onClose();
  };
  return (
    <Dialog
      title={text('assemble.title')} onClose={onClose}
      footer={(
        <>
          <span className="dialog-footer-note" role="status">{ranges.length === 0 ? text('assemble.nothing') : text('assemble.sum', { shots: plural('bin.count', ranges.length), time: formatLength(placedLength(shots, state.sequence), placingRate(shots, state.sequence)) })}</span>
          <button type="button" className="button" onClick={onClose}>{text('dialog.cancel')}</button>
          <button type="button" className="button button-primary" disabled={ranges.length === 0} onClick={() => { assemble().catch((error: unknown) => { session.fail(error); }); }}>{text('assemble.start')}</button>
        </>
      )}
    >
      <div className="dialog-body">
        <div className="form-row">
          <span className="form-label">{text('assemble.what')}</span>
          <div>
            <Segments
              label={text('assemble.what')} value={isSelectionOnly ? 'selected' : 'all'} onChange={(value) => { setIsSelectionOnly(value === 'selected'); }}
              options={[{ value: 'all', label: text('assemble.all') }, { value: 'selected', label: plural('bin.selected', selected.size), isDisabled: selected.size === 0 }]}
            />
          </div>
        </div>
        <div className="form-row">
          <span className="form-label">{text('assemble.order')}</span>
          <div><Segments label={text('assemble.order')} value={order} onChange={setOrder} options={assembleOrders.map((value) => ({ value, label: text(`order.${value}`) }))} /></div>
        </div>
        <div className="form-row">
          <span className="form-label">{text('assemble.only')}</span>
          <div>
            <Switch label={text('assemble.circledOnly')} isOn={isCircledOnly} onChange={setIsCircledOnly} /><br />
            <Switch label={text('assemble.newestOnly')} isOn={isNewestOnly} onChange={setIsNewestOnly} />
          </div>
        </div>
        <div className="form-row">
          <span className="form-label">{text('assemble.slates')}</span>
          <Switch label={text('assemble.slatesWords')} isOn={hasSlates} onChange={setHasSlates} />
        </div>
      </div>
    </Dialog>
  );
}
