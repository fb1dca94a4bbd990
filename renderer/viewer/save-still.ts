/** The frame at the playhead as a PNG of the source's own size, from the host. */
import { formatTimecode } from '../../app/domain/timecode.ts';
import { pictureAt } from '../session/programme.ts';
import type { Session } from '../session/session.ts';
import { text } from '../texts/text.ts';
import { stillAddress } from './still-picture.ts';

/** Milliseconds that a download may take to begin. */
const addressKept = 60_000;

export async function saveStill(session: Session): Promise<void> {
  const { state } = session.project.getState();
  const { frame } = session.playback;
  const address = stillAddress(session, frame);
  const response = address === null ? null : await fetch(address);
  if (response?.status !== 200) {
    session.notices.show('warning', response ? text('still.failed', { reason: (await response.text()).trim() }) : text('still.nothing'));
    return;
  }
  const { startFrame, rate, dropFrame } = state.sequence;
  const shotId = pictureAt(state, frame)?.shotId;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `${shotId === undefined ? '' : state.shots.get(shotId)?.name ?? ''} ${formatTimecode(frame + startFrame, rate, dropFrame).replaceAll(/[:;]/g, '-')}.png`;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, addressKept);
  session.notices.show('info', text('still.saved', { name: link.download }));
}
