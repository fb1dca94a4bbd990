/** What a file is, by what is in it; its extension only decides where the text leaves it open. What is no timeline is refused by name. */
import { StringoutError } from '../base/errors.ts';
import { mediaKind } from '../domain/media-files.ts';

export type TextFormat = 'otio' | 'edl' | 'csv' | 'fcp7' | 'fcpxml' | 'ale';

const exportAdvice = 'export OpenTimelineIO, an EDL or XML from the program that made it';
const allFormats = 'OpenTimelineIO (.otio, .otioz, .otiod), an EDL, FCP7 XML, FCPXML, ALE or a CSV shot list';
/** Enough for a root element behind comments, and for an EDL's first event behind its notes. */
const headLength = 64 * 1024;

const refusedRoots: Readonly<Record<string, string>> = {
  CompositionPlaylist: 'is an IMF composition playlist (CPL)', PackingList: 'is an IMF or DCP packing list (PKL)', AssetMap: 'is an IMF or DCP asset map',
  VolumeIndex: 'is an IMF or DCP volume index', OutputProfileList: 'is an IMF output profile list (OPL)', ges: 'is a GStreamer project (.xges)',
  DolbyLabsMDF: 'is Dolby Vision metadata (MDF)', project: 'is a project file of another program', mlt: 'is an MLT project',
};

/** `head`: the first bytes. Throws `input.unsupported` for media, AAF and whatever else is no text. */
export function recogniseBytes(head: Uint8Array, path: string): 'zip' | 'text' {
  const hex = Buffer.from(head.subarray(0, 4)).toString('hex');
  const box = Buffer.from(head.subarray(4, 8)).toString('latin1');
  if (hex === 'd0cf11e0') throw refusal(path, 'is an AAF, which is not read: export an EDL and an ALE, or XML, from the program that made it');
  if (hex === '504b0304' || hex === '504b0506') return 'zip';
  if (hex.startsWith('1f8b')) throw refusal(path, 'is a compressed project file, as Premiere writes them: export FCP7 XML or OpenTimelineIO');
  if (!isBinary(head)) return 'text';
  const isMedia = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].includes(box) || ['1a45dfa3', '060e2b34', '52494646', '464f524d'].includes(hex) || mediaKind(path) !== 'other';
  throw refusal(path, isMedia ? 'is a media file, and no timeline: `stringout probe` tells what it holds' : `is no timeline: give ${allFormats}`);
}

/** Throws `input.unsupported` for what is known not to be a timeline, `list.invalid` for what is empty. */
export function recogniseText(text: string, path: string): TextFormat {
  const head = text.slice(0, headLength).replace(/^\uFEFF/, '').trimStart();
  if (head === '') throw new StringoutError('list.invalid', 'is empty', { file: path });
  // What is cut off in the middle is still what it began as: its reader says where it ends.
  if (head.startsWith('{')) return 'otio';
  if (head.startsWith('<')) return formatOfXml(head, path);
  if (/^Heading[ \t]*[\r\n]/i.test(head)) return 'ale';
  if (isEdl(head)) return 'edl';
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  if (extension === 'csv' || extension === 'tsv') return 'csv';
  if (extension === 'edl' || extension === 'ale') return extension;
  if (/^(?=.*\bfile\b)(?=.*\bin\b)(?=.*\bout\b).*[,;\t]/i.test(head)) return 'csv';
  throw refusal(path, `is a text, and no timeline: give ${allFormats}`);
}

function formatOfXml(head: string, path: string): TextFormat {
  const root = rootOf(head);
  if (root === 'xmeml') return 'fcp7';
  if (root === 'fcpxml') return 'fcpxml';
  const known = root === null ? undefined : refusedRoots[root];
  if (known) throw refusal(path, `${known}, which is not read: ${exportAdvice}`);
  throw refusal(path, root === null ? `is XML without an element: give ${allFormats}` : `is XML of another kind (<${root}>), and no timeline: export FCP7 XML (<xmeml>) or FCPXML`);
}

/** The first element's name without its prefix. */
function rootOf(head: string): string | null {
  const body = head.replace(/<!--[^]*?-->|<\?[^]*?\?>|<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/g, '');
  return /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(body)?.[1] ?? null;
}

const timecode = String.raw`\d{1,3}:\d\d:\d\d[:;,.]\d{2,3}`;
const eventLine = new RegExp(String.raw`^\s*\d{1,6}\s+\S.*?\s${timecode}\s+${timecode}\s+${timecode}\s+${timecode}`, 'm');

function isEdl(head: string): boolean {
  const lines = head.replace(/\r\n?/g, '\n');
  return /^\s*(?:TITLE|FCM)\s*:/im.test(lines) || eventLine.test(lines);
}

/** Text has no zero bytes, but for UTF-16, which begins with a byte order mark. */
function isBinary(head: Uint8Array): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return !isUtf16 && head.includes(0);
}

function refusal(path: string, message: string): StringoutError {
  return new StringoutError('input.unsupported', message, { file: path });
}
