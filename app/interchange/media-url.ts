/** The addresses of media, as timelines write them, and the paths of files that they stand for. */
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StringoutError, type ErrorPlace } from '../base/errors.ts';

/** Neither a URL nor an absolute path of any system: where it leads depends on where the timeline lies. */
export function isRelative(url: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:|[/\\])/i.test(url);
}

/** A relative path as an address: only what would be read as an encoding is encoded. */
export function relativeUrl(path: string): string {
  return path.replaceAll('\\', '/').replace(/%(?=[0-9a-f]{2})/gi, '%25');
}

/** The same place as a plain path, for lists that know no addresses; relative ones stay relative. What is on no disk stays as it is. */
export function asPlainPath(url: string): string {
  try {
    const path = urlToPath(url, sep, {});
    return isRelative(url) ? relative(sep, path) : path;
  } catch {
    return url;
  }
}

/**
 * A file URL, or a plain path as many programs write it; relative ones lie in `base`. Percent-encoding is undone only where it is valid.
 * Throws `list.invalid` for a broken file URL, `input.unsupported` for what is on no disk.
 */
export function urlToPath(url: string, base: string, place: ErrorPlace): string {
  if (/^file:/i.test(url)) {
    const local = url.replace(/^file:\/\/localhost\//i, 'file:///').replace(/^file:(?!\/\/)/i, 'file://');
    try {
      return fileURLToPath(protectPattern(local));
    } catch (error) {
      throw new StringoutError('list.invalid', `its media ${JSON.stringify(url)} is no usable file URL`, place, { cause: error });
    }
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(url)) throw new StringoutError('input.unsupported', `its media ${JSON.stringify(url)} is not on a disk: only files are opened`, place);
  return resolve(base, /%[0-9a-f]{2}/i.test(url) ? decodeLenient(url) : url);
}

/** `%04d` is a sequence's number and no encoded control character; `%d` before a hexadecimal digit is encoded text. */
function protectPattern(text: string): string {
  return text.replace(/%(?=0\d{1,2}d|d(?![0-9a-f]))/gi, '%25');
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(protectPattern(text));
  } catch {
    return text; // not an encoding after all: a name with a percent sign
  }
}
