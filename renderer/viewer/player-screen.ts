/**
 * The player in the viewer: it gets the timeline as it is seen and heard, after every edit that changes either, and keeps the time for the
 * playhead while it plays.
 */
import type { ProjectState } from '../../app/domain/project/project.ts';
import { sameRational } from '../../app/domain/rational.ts';
import { Player } from '../player/player.ts';
import type { ProjectView } from '../session/project-store.ts';
import { replacedMedia } from '../session/replaced-media.ts';
import type { Session } from '../session/session.ts';
import { text } from '../texts/text.ts';
import { playbackTimeline } from './playback-timeline.ts';

/** Shared memory wants a page that is isolated, and pictures a browser that has decoders for pages. */
export function canPlay(): boolean {
  return globalThis.crossOriginIsolated && 'VideoDecoder' in globalThis;
}

/** `canvas` becomes the player's for good. Returns what ends it. */
export function playOn(canvas: HTMLCanvasElement, session: Session): () => void {
  const { project, playback, ui, notices } = session;
  const player = new Player(canvas, mediaBaseOf(project.getState()));
  let replacements = 0;
  const tell = (view: ProjectView): void => { player.setTimeline(playbackTimeline(view.state), mediaBaseOf(view), `${proxyVersion(view)} ${String(replacements)}`); };
  tell(project.getState());
  player.setVolume(volumeOf(session));
  playback.attach(player);
  const offs = [
    project.subscribe((now, before) => {
      // Tables and bytes of a shot's former file are not those of its new one.
      const isReplaced = replacedMedia(before.state.shots, now.state.shots).length > 0;
      if (isReplaced) replacements++;
      if (isReplaced || !isSameProgramme(now.state, before.state) || mediaBaseOf(now) !== mediaBaseOf(before) || proxyVersion(now) !== proxyVersion(before)) tell(now);
    }),
    ui.subscribe(() => { player.setVolume(volumeOf(session)); }),
    player.trouble.on((reason) => { notices.show('warning', text('viewer.trouble', { reason })); }),
  ];
  return () => {
    offs.forEach((off) => { off(); });
    playback.attach(null);
    player.dispose();
  };
}

function isSameProgramme(a: ProjectState, b: ProjectState): boolean {
  return a.clips === b.clips && a.tracks === b.tracks && sameRational(a.sequence.rate, b.sequence.rate) && hasSameMedia(a.shots, b.shots);
}

/** Ratings and names are no reason to interrupt the sound. */
function hasSameMedia(a: ProjectState['shots'], b: ProjectState['shots']): boolean {
  if (a === b) return true;
  for (const [id, { status, media }] of a) {
    const other = b.get(id);
    if (other?.status !== status || other.media !== media && other.media?.fingerprint !== media?.fingerprint) return false;
  }
  return a.size === b.size;
}

function mediaBaseOf({ host }: ProjectView): string {
  return host?.mediaBase ?? '';
}

/** Another one after proxies were switched on or off, and after some were made: the host then serves other media for the same shots. */
function proxyVersion({ usesProxies, jobs }: ProjectView): string {
  const made = [...jobs.values()].filter(({ kind, state }) => kind === 'proxies' && state === 'done');
  return `${String(usesProxies)} ${String(Math.max(0, ...made.map(({ ended }) => ended ?? 0)))}`;
}

function volumeOf({ ui }: Session): number {
  const { volume, isMuted } = ui.getState();
  return isMuted ? 0 : volume;
}
