/** The frame at the playhead as a PNG of the source's own size, from the host. */
import { atRate } from '../../app/domain/rational.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { pictureAt } from '../session/programme.ts';
import type { Session } from '../session/session.ts';
import { text } from '../texts/text.ts';

export async function saveStill(session: Session): Promise<void> {
  const { state, host } = session.project.getState();
  const { frame } = session.playback;
  const clip = pictureAt(state, frame);
  const shot = clip && state.shots.get(clip.shotId);
  if (!clip || !shot?.media || !host) {
    session.notices.show('warning', text('still.nothing'));
    return;
  }
  const { sequence } = state;
  const sourceFrame = shot.media.isStill ? 0 : atRate(clip.sourceIn + frame - clip.start, sequence.rate, shot.media.rate);
  const response = await fetch(`${host.mediaBase}/shots/${String(shot.id)}/still?frame=${String(sourceFrame)}`);
  if (!response.ok) {
    session.notices.show('error', text('still.failed', { reason: await response.text() }));
    return;
  }
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `${shot.name} ${formatTimecode(frame + sequence.startFrame, sequence.rate, sequence.dropFrame).replaceAll(/[:;]/g, '-')}.png`;
  link.click();
  // The download has begun by then; the picture itself is the browser's.
  setTimeout(() => { URL.revokeObjectURL(address); }, 60_000);
  session.notices.show('info', text('still.saved', { name: link.download }));
}
