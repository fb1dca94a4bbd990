/** `convert` into a shot list for people: an HTML report, or subtitles. */
import { basename, isAbsolute, relative } from 'node:path';
import { version } from '../../../domain/version.ts';
import { labelOf, type ReportFormat } from '../../../interchange/formats.ts';
import { listShots, type Shot } from '../../../interchange/report/list-shots.ts';
import { writeHtml, type ShotMedia } from '../../../interchange/report/write-html.ts';
import { writeSubtitles } from '../../../interchange/report/write-subtitles.ts';
import type { TimelineDocument, WrittenDocument } from '../../../interchange/document.ts';
import type { OpenedTimeline } from '../../../services/interchange/open-timeline.ts';
import { lacksLengths, withMediaLengths } from '../../../services/report/media-lengths.ts';
import { saveReport, type SavedReport } from '../../../services/report/save-report.ts';
import { findShotMedia } from '../../../services/report/shot-pictures.ts';
import { interruption } from '../interruption.ts';
import { withSession, type Session } from '../session.ts';
import type { ConvertOptions } from '../cli-options.ts';

/** Workers are started only for pictures, and for clips whose length the media alone tell. */
export function convertToReport(opened: OpenedTimeline, to: string, format: ReportFormat, options: ConvertOptions): Promise<SavedReport> {
  const lacks = lacksLengths(opened.document);
  const hasPictures = format === 'html' && options.pictures;
  return saveReport(opened, to, format, async (folder) => {
    const write = (session: Session | null, document: TimelineDocument): WrittenDocument | Promise<WrittenDocument> => (
      format === 'html' ? writeReport({ ...opened, document }, folder, hasPictures ? session : null) : writeSubtitles(document, format)
    );
    if (!lacks && !hasPictures) return write(null, opened.document);
    return withSession(options, null, async (session) => write(session, lacks ? await withMediaLengths(opened, session.running.host, session.signal) : opened.document));
  });
}

async function writeReport({ document, mediaFolder, path, format }: OpenedTimeline, folder: string, session: Session | null): Promise<WrittenDocument> {
  const list = listShots(document);
  session?.meter.expect({ index: 1 });
  const media = await findShotMedia(list, {
    mediaFolder, losses: list.losses, engine: session && { host: session.running.host, previewFolder: session.running.previewFolder }, signal: interruption.signal,
    onProgress: (done, of) => { session?.meter.update('index', done, of); },
  });
  const now = new Date();
  // The user's own day.
  const made = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  return writeHtml(document, list, { file: basename(path), format: labelOf(format), made, program: `Stringout ${version}`, media: withShortPaths(media, folder) });
}

/** Media below the report's folder are named from there. */
function withShortPaths(media: ReadonlyMap<Shot, ShotMedia>, folder: string): ReadonlyMap<Shot, ShotMedia> {
  const short = (path: string): string => {
    const from = relative(folder, path);
    return from.startsWith('..') || isAbsolute(from) ? path : from;
  };
  return new Map([...media].map(([shot, { path, picture }]) => [shot, { path: path && short(path), picture }]));
}
