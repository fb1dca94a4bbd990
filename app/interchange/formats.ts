/** Every timeline format: its name, what its files are called, how it is read and written. A reader is loaded when its first file comes. */
import { StringoutError } from '../base/errors.ts';
import type { ReadDocument, ReadOptions, TimelineDocument, WrittenDocument } from './document.ts';
import type { TextFormat } from './recognise.ts';

type Read = (text: string, options: ReadOptions) => ReadDocument;
type Write = (document: TimelineDocument) => WrittenDocument;

export type Format = {
  /** For people. */
  readonly label: string;
  readonly load: () => Promise<{ readonly read: Read; readonly write: Write }>;
};

export const textFormats: Readonly<Record<TextFormat, Format>> = {
  otio: {
    label: 'OpenTimelineIO',
    load: async () => {
      const [{ readOtioDocument }, { writeOtioDocument }] = await Promise.all([import('./otio/read-document.ts'), import('./otio/write-document.ts')]);
      return { read: readOtioDocument, write: writeOtioDocument };
    },
  },
  edl: {
    label: 'EDL (CMX3600)',
    load: async () => {
      const [{ readEdl }, { writeEdl }] = await Promise.all([import('./edl/read-edl.ts'), import('./edl/write-edl.ts')]);
      return { read: readEdl, write: writeEdl };
    },
  },
  ale: {
    label: 'ALE (Avid log)',
    load: async () => {
      const [{ readAle }, { writeAle }] = await Promise.all([import('./ale/read-ale.ts'), import('./ale/write-ale.ts')]);
      return { read: readAle, write: writeAle };
    },
  },
  csv: {
    label: 'CSV shot list',
    load: async () => {
      const [{ readCsvDocument }, { writeCsv }] = await Promise.all([import('./csv-read-document.ts'), import('./csv-write-document.ts')]);
      return { read: readCsvDocument, write: writeCsv };
    },
  },
  fcp7: {
    label: 'FCP7 XML',
    load: async () => {
      const [{ readFcp7 }, { writeFcp7 }] = await Promise.all([import('./fcp7/read.ts'), import('./fcp7/write.ts')]);
      return { read: readFcp7, write: writeFcp7 };
    },
  },
  fcpxml: {
    label: 'FCPXML',
    load: async () => {
      const [{ readFcpxml }, { writeFcpxml }] = await Promise.all([import('./fcpx/read.ts'), import('./fcpx/write.ts')]);
      return { read: readFcpxml, write: writeFcpxml };
    },
  },
};

/** How a timeline is packed: a text alone, or a bundle with its media. */
export type Packing = 'plain' | 'otioz' | 'otiod' | 'fcpxmld';
/** The name of a packed format is that of its packing. */
export type FormatName = TextFormat | Exclude<Packing, 'plain'>;

/** The text inside a folder or archive of these kinds. */
export const bundles: Readonly<Record<Exclude<Packing, 'plain'>, { readonly text: TextFormat; readonly entry: string; readonly label: string }>> = {
  otioz: { text: 'otio', entry: 'content.otio', label: 'OpenTimelineIO, zipped with its media' },
  otiod: { text: 'otio', entry: 'content.otio', label: 'OpenTimelineIO, a folder with its media' },
  fcpxmld: { text: 'fcpxml', entry: 'Info.fcpxml', label: 'FCPXML bundle' },
};

const byExtension: Readonly<Record<string, { readonly text: TextFormat; readonly packing: Packing }>> = {
  otio: { text: 'otio', packing: 'plain' }, otioz: { text: 'otio', packing: 'otioz' }, otiod: { text: 'otio', packing: 'otiod' },
  edl: { text: 'edl', packing: 'plain' }, csv: { text: 'csv', packing: 'plain' }, tsv: { text: 'csv', packing: 'plain' }, ale: { text: 'ale', packing: 'plain' },
  xml: { text: 'fcp7', packing: 'plain' }, fcpxml: { text: 'fcpxml', packing: 'plain' }, fcpxmld: { text: 'fcpxml', packing: 'fcpxmld' },
};

/** By the name that is to be written. Throws `usage`, and `output.refused` for AAF. */
export function formatToWrite(path: string): { readonly text: TextFormat; readonly packing: Packing } {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (extension === 'aaf') throw new StringoutError('output.refused', 'AAF is not written: choose .edl with .ale, .xml (FCP7 XML) or .otio', { file: path });
  const found = byExtension[extension];
  if (found) return found;
  throw new StringoutError('usage', `the name must end in ${extensionsOf(byExtension)}, or for people in ${extensionsOf(reportLabels)}`, { file: path });
}

function extensionsOf(table: Readonly<Record<string, unknown>>): string {
  return Object.keys(table).map((name) => `.${name}`).join(', ');
}

/** Written for people, and never read. */
const reportLabels = { html: 'report with pictures', srt: 'subtitles of shot names', vtt: 'subtitles of shot names (WebVTT)' };
export type ReportFormat = keyof typeof reportLabels;

/** By the name that is to be written; null: it is none of these. */
export function reportToWrite(path: string): ReportFormat | null {
  return (['html', 'srt', 'vtt'] as const).find((name) => path.toLowerCase().endsWith(`.${name}`)) ?? null;
}

export function labelOf(name: FormatName | ReportFormat): string {
  if (name === 'html' || name === 'srt' || name === 'vtt') return reportLabels[name];
  return name === 'otioz' || name === 'otiod' || name === 'fcpxmld' ? bundles[name].label : textFormats[name].label;
}
