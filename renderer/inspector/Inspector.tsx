/** What is selected, and what of it can be changed: shots, clips, a marker, or the sequence where nothing is. */
import { useSelection } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { ClipInspector } from './ClipInspector.tsx';
import { MarkerInspector } from './MarkerInspector.tsx';
import { SequenceInspector } from './SequenceInspector.tsx';
import { ShotInspector } from './ShotInspector.tsx';
import './inspector.css';

export function Inspector() {
  const markerId = useSelection((selection) => selection.markerId);
  const hasClips = useSelection((selection) => selection.clipIds.size > 0);
  const hasShots = useSelection((selection) => selection.shotIds.size > 0);
  return (
    <>
      <div className="inspector-head"><h2 className="panel-title">{text('inspector.title')}</h2></div>
      <div className="inspector-body">
        {markerId !== null ? <MarkerInspector markerId={markerId} /> : hasClips ? <ClipInspector /> : hasShots ? <ShotInspector /> : <SequenceInspector />}
      </div>
    </>
  );
}
