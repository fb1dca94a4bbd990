/** Whatever the user names becomes a timeline: a folder, a CSV shot list, an OTIO timeline. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { StringoutError, withPlace } from '../../base/errors.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { mediaKind } from '../../domain/media-files.ts';
import { decodeText } from '../../interchange/decode-text.ts';

/** A list of 100,000 lines is a tenth of this. */
const mostBytes = 256 * 1024 * 1024;

const notYet: Readonly<Record<string, string>> = {
  '.edl': 'EDL', '.xml': 'FCP7 XML', '.fcpxml': 'FCPXML', '.fcpxmld': 'FCPXML bundles', '.ale': 'ALE', '.otioz': '.otioz bundles', '.otiod': '.otiod bundles',
};

/** `media` is where relative names of a list are looked for instead of beside the list. */
export async function readTimeline(input: string, media: string | null): Promise<Timeline> {
  const path = resolve(input);
  const found = await stat(path).catch((error: unknown) => {
    const failure = withPlace(error, { file: path });
    throw failure.code === 'input.missing' ? new StringoutError('input.missing', 'does not exist', { file: path }, { cause: error }) : failure;
  });
  if (found.isDirectory()) {
    const { readFolder } = await import('./read-folder.ts');
    return readFolder(path);
  }
  if (!found.isFile()) throw new StringoutError('input.unsupported', 'is neither a file nor a folder', { file: path });
  const extension = extname(path).toLowerCase();
  if (extension !== '.csv' && extension !== '.tsv' && extension !== '.otio') throw new StringoutError('input.unsupported', whyNoTimeline(path, extension), { file: path });
  if (found.size === 0) throw new StringoutError('list.invalid', 'is empty', { file: path });
  if (found.size > mostBytes) throw new StringoutError('input.unsupported', 'is too large for a shot list', { file: path });
  const text = decodeText(await readFile(path));
  const folder = media === null ? dirname(path) : resolve(media);
  if (extension === '.otio') {
    const { readOtio } = await import('../../interchange/otio.ts');
    return readOtio(text, path, folder);
  }
  const { readCsv } = await import('../../interchange/csv.ts');
  return readCsv(text, path, folder);
}

function whyNoTimeline(path: string, extension: string): string {
  const format = notYet[extension];
  if (format) return `${format} timelines are not read yet: export OpenTimelineIO (.otio) or a CSV shot list`;
  if (extension === '.aaf') return 'AAF is not read: export OpenTimelineIO (.otio) or a CSV shot list';
  if (mediaKind(path) !== 'other') return 'is a media file: give the folder it lies in, or a shot list that names it';
  return 'is no timeline that Stringout reads: give a folder, a CSV shot list (.csv) or an OpenTimelineIO file (.otio)';
}
