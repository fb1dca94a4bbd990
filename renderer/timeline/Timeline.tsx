/** The timeline in the window: track headers, the canvas, its scroll bar, and what they tell the session. Nothing here renders while it plays. */
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { sourceTicks } from '../../app/domain/edits/source-ticks.ts';
import { shotRanges } from '../bin/shot-ranges.ts';
import { shotsDragType } from '../bin/drag-shots.ts';
import { useMenu } from '../controls/use-menu.tsx';
import type { Session } from '../session/session.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { ClipMedia } from './clip-media.ts';
import { frameAt, type Row, type Viewport } from './geometry.ts';
import { rowAt, type Hit } from './hit-test.ts';
import { placeScrollBar, ScrollBar } from './ScrollBar.tsx';
import { TrackHeaders } from './TrackHeaders.tsx';
import { TimelineView } from './timeline-view.ts';
import { PointerControl } from './pointer-control.ts';
import { timelineActions } from './timeline-actions.ts';
import { shotsOfDrag } from './dropped-shots.ts';
import './timeline.css';

const clipMenu = ['edit.cut', 'edit.copy', 'edit.paste', 'separator', 'clip.split', 'clip.lift', 'clip.extract', 'clip.enable', 'clip.link', 'clip.unlink', 'separator', 'version.up', 'version.down', 'version.newest', 'file.relink'] as const;
const emptyMenu = ['edit.paste', 'edit.pasteInsert', 'separator', 'timeline.closeGaps', 'timeline.addPictureTrack', 'timeline.addSoundTrack', 'separator', 'timeline.zoomToFit'] as const;

export function Timeline() {
  const session = useSession();
  const mediaBase = useProject((view) => view.host?.mediaBase ?? '');
  const canvas = useRef<HTMLCanvasElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const headers = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const view = useRef<TimelineView | null>(null);
  const [menuHit, setMenuHit] = useState<Hit>({ kind: 'nothing' });
  const { menu, openAt } = useMenu(text('timeline.title'), () => (menuHit.kind === 'clip' || menuHit.kind === 'edge' ? clipMenu : emptyMenu));

  useEffect(() => {
    if (!canvas.current || !playhead.current) return undefined;
    const onView = (port: Viewport, _rows: readonly Row[], content: number): void => {
      if (headers.current) headers.current.style.transform = `translateY(${String(-port.scrollY)}px)`;
      if (thumb.current) placeScrollBar(thumb.current, port, content);
    };
    const made = new TimelineView(canvas.current, playhead.current, session.project.getState().state, onView);
    view.current = made;
    const control = new PointerControl(made, timelineActions(session, made, tip, (hit, x, y) => {
      setMenuHit(hit);
      openAt({ x, y });
    }));
    const offs = follow(session, made);
    return () => {
      offs.forEach((off) => { off(); });
      control.dispose();
      made.dispose();
      session.timeline = null;
      view.current = null;
    };
  }, [session, openAt]);
  useEffect(() => {
    const media = new ClipMedia(mediaBase, () => { view.current?.invalidate(); });
    view.current?.setMedia(media);
    return () => { media.clear(); };
  }, [mediaBase]);

  const over = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(shotsDragType) || !view.current) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const from = dropFrame(event, view.current);
    const { state } = session.project.getState();
    // The browser keeps what is dragged to itself until it is dropped: the selection is what was taken.
    const length = [...session.selection.getState().shotIds].reduce((sum, id) => {
      const shot = state.shots.get(id);
      const ticks = shot ? sourceTicks(shot, state.sequence.rate) : 0;
      return sum + (Number.isFinite(ticks) ? ticks : 48);
    }, 0);
    view.current.setOverlay({ drop: { from, to: from + length } });
  };
  const drop = (event: DragEvent): void => {
    const made = view.current;
    made?.setOverlay({ drop: null });
    const shots = shotsOfDrag(event, session);
    if (!made || shots.length === 0) return;
    event.preventDefault();
    const { state } = session.project.getState();
    const row = rowAt(made.rows, made.view, event.clientY - made.canvas.getBoundingClientRect().top);
    session.edit({
      kind: 'place', mode: event.ctrlKey || event.metaKey ? 'insert' : 'overwrite', at: dropFrame(event, made), ranges: shotRanges(shots, state.sequence),
      pictureTrackId: row?.track.kind === 'picture' && !row.track.isLocked ? row.trackId : null, soundTrackId: row?.track.kind === 'sound' && !row.track.isLocked ? row.trackId : null,
    }).catch((error: unknown) => { session.fail(error); });
  };
  return (
    <div className="timeline">
      <div className="track-headers"><div ref={headers} className="track-headers-scroll"><TrackHeaders /></div></div>
      <div className="timeline-side">
        <div className="timeline-canvas" onDragOver={over} onDragLeave={() => { view.current?.setOverlay({ drop: null }); }} onDrop={drop}>
          <canvas ref={canvas} tabIndex={0} data-timeline-canvas role="img" aria-label={text('timeline.canvas')} />
          <div ref={playhead} className="playhead" aria-hidden="true" />
          <div ref={tip} className="cost-tip" role="status" hidden />
        </div>
        <ScrollBar thumb={thumb} scrollTo={(part) => {
          const made = view.current;
          if (made) made.scrollTo(part * made.length * made.view.pixelsPerFrame, made.view.scrollY);
        }} />
      </div>
      {menu}
    </div>
  );
}

function dropFrame(event: DragEvent, view: TimelineView): number {
  return Math.max(0, Math.round(frameAt(view.view, event.clientX - view.canvas.getBoundingClientRect().left)));
}

/** Whatever moves, straight from the stores to the canvas. */
function follow(session: Session, view: TimelineView): (() => void)[] {
  view.setCost(session.project.getState().cost);
  view.setSelected(session.selection.getState().clipIds);
  session.timeline = {
    zoomIn: () => { view.zoom(1.5); }, zoomOut: () => { view.zoom(1 / 1.5); }, zoomToFit: () => { view.zoomToFit(); }, zoomToFrame: () => { view.zoomToFrame(); },
    focus: () => { view.canvas.focus(); },
  };
  view.setPlayhead(session.playback.frame, false);
  return [
    session.project.subscribe((now, before) => {
      if (now.state !== before.state) view.setState(now.state);
      if (now.cost !== before.cost) view.setCost(now.cost);
    }),
    session.selection.subscribe((now, before) => { if (now.clipIds !== before.clipIds) view.setSelected(now.clipIds); }),
    session.playback.moved.on((frame) => { view.setPlayhead(frame, session.playback.speed !== 0 && session.ui.getState().isFollowing); }),
  ];
}
