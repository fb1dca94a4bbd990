/** The playhead and the marks. */
import { cutFrames } from '../session/programme.ts';
import type { Session } from '../session/session.ts';
import { both, canChange, hasProgramme, type EditorCommand } from './command.ts';

const sequence = (session: Session) => session.project.getState().state.sequence;

function toCut(session: Session, direction: 1 | -1): void {
  const { frame } = session.playback;
  const cuts = cutFrames(session.project.getState().state);
  const next = direction > 0 ? cuts.find((cut) => cut > frame) : cuts.findLast((cut) => cut < frame);
  session.playback.setSpeed(0);
  session.playback.seek(next ?? (direction > 0 ? session.playback.length : 0));
}

function setMarks(session: Session, part: { readonly markIn?: number | null; readonly markOut?: number | null }): Promise<boolean> {
  const { markIn, markOut } = { ...sequence(session), ...part };
  const isBackward = markIn !== null && markOut !== null && markOut <= markIn;
  // The mark that was just set wins over one on its wrong side.
  return session.edit({
    kind: 'setMarks', markIn: isBackward && part.markOut !== undefined ? null : markIn, markOut: isBackward && part.markIn !== undefined ? null : markOut,
  });
}

function marked(session: Session): { readonly from: number; readonly to: number } {
  const { markIn, markOut } = sequence(session);
  return { from: markIn ?? 0, to: markOut ?? session.playback.length };
}

function toMarker(session: Session, direction: 1 | -1): void {
  const { frame } = session.playback;
  const frames = [...session.project.getState().state.markers.values()].map((marker) => marker.frame).toSorted((a, b) => a - b);
  const next = direction > 0 ? frames.find((each) => each > frame) : frames.findLast((each) => each < frame);
  if (next !== undefined) session.playback.seek(next);
}

const hasMarks = (session: Session): boolean => sequence(session).markIn !== null || sequence(session).markOut !== null;
const removeMarked = (mode: 'lift' | 'extract') => (session: Session): Promise<boolean> => session.edit({ kind: 'removeRange', ...marked(session), mode });
const changeProgramme = both(canChange, hasProgramme);

export const playbackCommands: readonly EditorCommand[] = [
  { id: 'play.toggle', title: 'command.playPause', group: 'playback', keys: ['Space'], isEnabled: hasProgramme, run: ({ playback }) => { playback.toggle(); } },
  { id: 'play.back', title: 'command.shuttleBack', group: 'playback', keys: ['J'], isEnabled: hasProgramme, run: ({ playback }) => { playback.shuttle(-1); } },
  { id: 'play.stop', title: 'command.stop', group: 'playback', keys: ['K'], isEnabled: hasProgramme, run: ({ playback }) => { playback.setSpeed(0); } },
  { id: 'play.forward', title: 'command.shuttleForward', group: 'playback', keys: ['L'], isEnabled: hasProgramme, run: ({ playback }) => { playback.shuttle(1); } },
  {
    id: 'play.range', title: 'command.playRange', group: 'playback', keys: ['Shift+Space'], isEnabled: hasProgramme,
    run: (session) => { session.playback.playRange(marked(session).from, marked(session).to); },
  },
  { id: 'play.stepBack', title: 'command.stepBack', group: 'playback', keys: ['ArrowLeft'], isEnabled: hasProgramme, run: ({ playback }) => { playback.step(-1); } },
  { id: 'play.stepForward', title: 'command.stepForward', group: 'playback', keys: ['ArrowRight'], isEnabled: hasProgramme, run: ({ playback }) => { playback.step(1); } },
  { id: 'play.stepBackTen', title: 'command.stepBackTen', group: 'playback', keys: ['Shift+ArrowLeft'], isEnabled: hasProgramme, run: ({ playback }) => { playback.step(-10); } },
  { id: 'play.stepForwardTen', title: 'command.stepForwardTen', group: 'playback', keys: ['Shift+ArrowRight'], isEnabled: hasProgramme, run: ({ playback }) => { playback.step(10); } },
  { id: 'play.previousCut', title: 'command.previousCut', group: 'playback', keys: ['ArrowUp'], isEnabled: hasProgramme, run: (session) => { toCut(session, -1); } },
  { id: 'play.nextCut', title: 'command.nextCut', group: 'playback', keys: ['ArrowDown'], isEnabled: hasProgramme, run: (session) => { toCut(session, 1); } },
  { id: 'play.start', title: 'command.toStart', group: 'playback', keys: ['Home'], isEnabled: hasProgramme, run: ({ playback }) => { playback.seek(0); } },
  { id: 'play.end', title: 'command.toEnd', group: 'playback', keys: ['End'], isEnabled: hasProgramme, run: ({ playback }) => { playback.seek(playback.length); } },
  { id: 'marks.in', title: 'command.markIn', group: 'marks', keys: ['I'], isEnabled: changeProgramme, run: (session) => setMarks(session, { markIn: session.playback.frame }) },
  { id: 'marks.out', title: 'command.markOut', group: 'marks', keys: ['O'], isEnabled: changeProgramme, run: (session) => setMarks(session, { markOut: session.playback.frame }) },
  { id: 'marks.toIn', title: 'command.toMarkIn', group: 'marks', keys: ['Shift+I'], isEnabled: hasProgramme, run: (session) => { session.playback.seek(marked(session).from); } },
  { id: 'marks.toOut', title: 'command.toMarkOut', group: 'marks', keys: ['Shift+O'], isEnabled: hasProgramme, run: (session) => { session.playback.seek(marked(session).to); } },
  { id: 'marks.clear', title: 'command.clearMarks', group: 'marks', keys: ['Alt+X'], isEnabled: both(canChange, hasMarks), run: (session) => session.edit({ kind: 'setMarks', markIn: null, markOut: null }) },
  { id: 'marks.lift', title: 'command.liftRange', group: 'marks', keys: ['Z'], isEnabled: both(changeProgramme, hasMarks), run: removeMarked('lift') },
  { id: 'marks.extract', title: 'command.extractRange', group: 'marks', keys: ['X'], isEnabled: both(changeProgramme, hasMarks), run: removeMarked('extract') },
  {
    id: 'marker.add', title: 'command.addMarker', group: 'marks', keys: ['M'], isEnabled: changeProgramme,
    run: (session) => session.edit({ kind: 'addMarker', frame: session.playback.frame, name: '', colour: 'blue' }),
  },
  { id: 'marker.next', title: 'command.nextMarker', group: 'marks', keys: ['Shift+M'], isEnabled: hasProgramme, run: (session) => { toMarker(session, 1); } },
  { id: 'marker.previous', title: 'command.previousMarker', group: 'marks', keys: ['Mod+Shift+M'], isEnabled: hasProgramme, run: (session) => { toMarker(session, -1); } },
];
