/** Starting to bring media in, from the dialog, a drop or the desktop's own dialog. */
import { isTimelineFile } from '../../app/domain/timeline-files.ts';
import type { Session } from '../session/session.ts';

/** Timelines and shot lists become clips, everything else becomes shots. */
export async function bringIn(session: Session, paths: readonly string[]): Promise<void> {
  const timelines = paths.filter((path) => isTimelineFile(path));
  const media = paths.filter((path) => !isTimelineFile(path));
  const started = await Promise.all([
    ...(media.length > 0 ? [session.run('shots.bringIn', { paths: media })] : []),
    ...timelines.map((path) => session.run('timeline.import', { path })),
  ]);
  if (started.some((job) => job !== null)) session.ui.setState({ isJobsOpen: true, dialog: null });
}

/** The desktop's own dialog where there is one, else ours. */
export async function askForMedia(session: Session): Promise<void> {
  if (!session.desktop) {
    session.ui.setState({ dialog: 'bringIn' });
    return;
  }
  const paths = await session.desktop.chooseMedia();
  if (paths.length > 0) await bringIn(session, paths);
}
