/** `convert` into a shot list for people: an HTML report, or subtitles. */
import { basename, isAbsolute, relative } from 'node:path';
import { version } from '../../../domain/version.ts';
import { labelOf, type ReportFormat } from '../../../interchange/formats.ts';
import { listShots, type Shot } from '../../../interchange/report/list-shots.ts';
import { writeHtml, type ShotMedia } from '../../../interchange/report/write-html.ts';
import { writeSubtitles } from '../../../interchange/report/write-subtitles.ts';
import type { OpenedTimeline } from '../../../services/interchange/open-timeline.ts';
import { saveReport, type SavedReport } from '../../../services/report/save-report.ts';
import { findShotMedia } from '../../../services/report/shot-pictures.ts';
import { withSession } from '../session.ts';
import { interruption } from '../interruption.ts';
import type { ConvertOptions } from './convert.ts';

export async function convertToReport(opened: OpenedTimeline, to: string, format: ReportFormat, options: ConvertOptions): Promise<SavedReport> {
  if (format !== 'html') return saveReport(opened, to, format, () => writeSubtitles(opened.document, format));
  const { document, mediaFolder } = opened;
  return saveReport(opened, to, format, async (folder) => {
    const list = listShots(document);
    const common = { mediaFolder, losses: list.losses };
    const media = options.pictures
      ? await withSession(options, null, ({ running: { host, previewFolder }, meter, signal }) => {
        meter.expect({ index: 1 });
        return findShotMedia(list, { ...common, engine: { host, previewFolder }, signal, onProgress: (done, of) => { meter.update('index', done, of); } });
      })
      : await findShotMedia(list, { ...common, engine: null, signal: interruption.signal, onProgress: () => undefined });
    const now = new Date();
    // The user's own day.
    const made = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    return writeHtml(document, list, { file: basename(opened.path), format: labelOf(opened.format), made, program: `Stringout ${version}`, media: withShortPaths(media, folder) });
  });
}

/** Media below the report's folder are named from there. */
function withShortPaths(media: ReadonlyMap<Shot, ShotMedia>, folder: string): ReadonlyMap<Shot, ShotMedia> {
  const short = (path: string): string => {
    const from = relative(folder, path);
    return from.startsWith('..') || isAbsolute(from) ? path : from;
  };
  return new Map([...media].map(([shot, { path, picture }]) => [shot, { path: path && short(path), picture }]));
}
