/** The viewer: the picture at the playhead, what it is, and the keys of a tape machine. Full screen takes all of it. */
import { useMenu } from '../controls/use-menu.tsx';
import { useProject, usePlayback, useUi } from '../session/use-session.ts';
import { pictureAt } from '../session/programme.ts';
import { formatRate } from '../texts/format.ts';
import { text } from '../texts/text.ts';
import { Picture } from './Picture.tsx';
import { TransportBar } from './TransportBar.tsx';
import { ViewerMenu } from './ViewerMenu.tsx';
import './viewer.css';

export function Viewer() {
  const showsSafeAreas = useUi((ui) => ui.showsSafeAreas);
  const { menu, openAt } = useMenu(text('viewer.title'), () => [
    'play.toggle', 'play.range', 'separator', 'marks.in', 'marks.out', 'marks.clear', 'marker.add', 'separator', 'view.still', 'view.safeAreas', 'view.proxies', 'view.fullScreen',
  ]);
  return (
    <div className="viewer" data-full-screen>
      <ViewerHead />
      <div
        className="viewer-stage"
        onContextMenu={(event) => {
          event.preventDefault();
          openAt({ x: event.clientX, y: event.clientY });
        }}
      >
        <Picture />
        {showsSafeAreas && <div className="viewer-safe" aria-hidden="true"><div /><div /></div>}
      </div>
      <TransportBar />
      {menu}
    </div>
  );
}

/** Clip and shot at the playhead; it follows at the store's pace, not the picture's. */
function ViewerHead() {
  const state = useProject((view) => view.state);
  const frame = usePlayback((playback) => playback.frame);
  const clip = pictureAt(state, frame);
  const shot = clip && state.shots.get(clip.shotId);
  const { sequence } = state;
  return (
    <div className="viewer-head">
      <h2 className="panel-title one-line">{sequence.name === '' ? text('viewer.title') : sequence.name}</h2>
      <span className="viewer-shot one-line">{shot ? shot.name : ''}</span>
      <span className="viewer-rate">{text('viewer.rate', { rate: formatRate(sequence.rate) })}</span>
      <ViewerMenu />
    </div>
  );
}
