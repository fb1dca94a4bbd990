/** Shots that do not fit the movie's format: which, why, and one action that conforms them ahead of the export. */
import { useState } from 'react';
import type { Cost } from '../../app/contract/editor/commands.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useIsEnabled } from '../controls/CommandButton.tsx';
import { runCommand } from '../commands/run-command.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';

export function Outliers({ cost }: { readonly cost: Cost }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button type="button" className="button cost-outliers" onClick={() => { setIsOpen(true); }}><Icon name="spark" />{text('cost.conform')}</button>
      {isOpen && <OutlierDialog cost={cost} onClose={() => { setIsOpen(false); }} />}
    </>
  );
}

function OutlierDialog({ cost, onClose }: { readonly cost: Cost; readonly onClose: () => void }) {
  const session = useSession();
  const shots = useProject((view) => view.state.shots);
  const canConform = useIsEnabled('cost.conform');
  return (
    <Dialog
      title={plural('cost.outliers', cost.outliers.length)} onClose={onClose}
      footer={(
        <>
          <span className="dialog-footer-note">{text('cost.conformNote')}</span>
          <button type="button" className="button" onClick={onClose}>{text('dialog.cancel')}</button>
          <button
            type="button" className="button button-primary" disabled={!canConform}
            onClick={() => {
              runCommand(session, 'cost.conform');
              onClose();
            }}
          >
            {text('cost.conform')}
          </button>
        </>
      )}
    >
      <div className="dialog-body">
        <p>{text('cost.outlierWords', { profile: cost.profile })}</p>
        <ul className="outliers">
          {cost.outliers.map(({ shotId, reason }) => (
            <li key={shotId}>
              <button type="button" className="outlier" onClick={() => { session.selection.setState({ shotIds: new Set([shotId]), clipIds: new Set(), markerId: null }); }}>
                <span className="one-line">{shots.get(shotId)?.name ?? ''}</span>
                <span>{reason}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
