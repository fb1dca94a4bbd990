/**
 * Addresses of media as programs and systems write them, made comparable: NFC and NFD, upper and lower case, percent-encoding, `file://localhost/`,
 * UNC shares, drive letters, `/Volumes`, and the patterns of image sequences.
 */
import { mediaKind } from '../media-files.ts';
import { parseShotName } from '../shot-name.ts';

export type MediaName = {
  /** `c:`, `//server/share`, `/volumes/raid`; empty where the path tells none. */
  readonly volume: string;
  /** Below the volume, lower case. */
  readonly folders: readonly string[];
  /** Lower case, with `#` for the numbers of a sequence. */
  readonly file: string;
  /** As spelled, but composed (NFC). */
  readonly spelled: string;
  /** `file` without extension, a sequence's number and what marks a proxy. */
  readonly stem: string;
  /** The shot behind the name: the stem without its version. */
  readonly code: string;
  readonly version: number | null;
  /** ARRI's, RED's and Sony's reel and clip, `a001c003`, whatever follows them; null where it is no such name. */
  readonly camera: string | null;
};

/** Of a path on this machine: nothing in it is an encoding. */
export function nameOfPath(path: string): MediaName {
  return nameOf(path);
}

/** Of what a timeline says: URLs are decoded. */
export function nameOfAddress(address: string): MediaName {
  const isUrl = /^file:/i.test(address);
  const path = isUrl
    ? address.replace(/^file:\/\/localhost(?=\/)/i, '').replace(/^file:\/\/\/+/i, '/').replace(/^file:\/\/(?=[^/])/i, '//').replace(/^file:/i, '')
    : address;
  return nameOf(isUrl || /%[0-9a-f]{2}/i.test(path) ? decode(path) : path);
}

/** Numbers of a sequence's files are no part of its name: `plate.%04d.exr`, `plate.####.exr`, `plate.[0001-0100].exr`, `plate.0017.exr`. */
export function sequenceName(file: string): string | null {
  if (mediaKind(file) !== 'still') return null;
  const numbered = file.replace(/^(.*?)(?:%(?:0\d{1,2})?d|#+|\[\d+-\d+\]|(?<!\d)\d+)(\.[^.]*)$/, '$1#$2');
  return numbered === file && !file.includes('#') ? null : numbered;
}

/** In lower case and composed, as `file`, `stem` and `code` are. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().trim();
}

const volumes = /^(\/\/[^/]+\/[^/]+|\/?[a-z]:|\/volumes\/[^/]+|\/run\/media\/[^/]+\/[^/]+|\/media\/[^/]+\/[^/]+|\/mnt\/[^/]+)(?=\/)/;

function nameOf(path: string): MediaName {
  const spelled = path.replaceAll('\\', '/').normalize('NFC');
  const folded = fold(spelled);
  const volume = volumes.exec(folded)?.[1] ?? '';
  const parts = folded.slice(volume.length).split('/').filter((part) => part !== '' && part !== '.');
  const plain = parts.pop() ?? '';
  const file = isPattern(plain) ? sequenceName(plain) ?? plain : plain;
  const stem = stemOf(file);
  const { version, versionGroup } = parseShotName(stem);
  const camera = /^([a-z]\d{3})_?(c\d{3})(?=_|$)/.exec(stem);
  return {
    volume: volume.replace(/^\/(?=[a-z]:)/, ''), folders: parts, file, spelled: spelled.split('/').at(-1) ?? '', stem, code: versionGroup ?? stem, version,
    camera: camera ? `${camera[1]}${camera[2]}` : null,
  };
}

function isPattern(file: string): boolean {
  return /%(?:0\d{1,2})?d|#|\[\d+-\d+\]/.test(file);
}

function stemOf(file: string): string {
  const bare = mediaKind(file) === 'other' ? file.replace(/\.[a-z][a-z0-9]{1,4}$/, '') : file.replace(/\.[^.]*$/, '');
  return bare.replace(/[._-]?#$/, '').replace(/[ ._-](?:proxy|proxies|prx|lowres|offline)$/, '');
}

/** `%04d` is a sequence's number and no encoding; what is no encoding after all stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?=0\d{1,2}d|d(?![0-9a-f])|(?![0-9a-f]{2}))/gi, '%25'));
  } catch {
    return text;
  }
}
