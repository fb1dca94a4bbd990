/** Shot lists for people as files: written under a temporary name, synced, renamed. */
import { dirname, resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { withPlace } from '../../base/errors.ts';
import type { Loss, WrittenDocument } from '../../interchange/document.ts';
import type { ReportFormat } from '../../interchange/formats.ts';
import { checkPlace, discardTemporary, publish, refuseSources } from '../assembly/target.ts';
import type { OpenedTimeline } from '../interchange/open-timeline.ts';
import { writeText } from '../interchange/write-text.ts';

export type SavedReport = { readonly path: string; readonly format: ReportFormat; readonly losses: readonly Loss[]; readonly isReplaced: boolean };

/** `write` is called once the place is known to be good; `folder` is where the report will lie. Throws `output.refused`, what `write` throws. */
export async function saveReport(
  opened: OpenedTimeline, output: string, format: ReportFormat, write: (folder: string) => WrittenDocument | Promise<WrittenDocument>,
): Promise<SavedReport> {
  const place = await checkPlace(resolve(output), 'report');
  await refuseSources(place, [opened.path], 'report');
  const isReplaced = await stat(place.path).then(() => true, () => false);
  try {
    const { text, losses } = await write(dirname(place.path));
    await writeText(place.temporaryPath, text);
    await publish(place);
    return { path: place.path, format, losses, isReplaced };
  } catch (error) {
    throw withPlace(error, { file: place.path });
  } finally {
    await discardTemporary(place);
  }
}
