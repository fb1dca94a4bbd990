/** Where the media of an OpenTimelineIO clip lie. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import { rateFromNumber } from '../../domain/frame-rates.ts';
import type { SequenceNumbers } from '../../domain/timeline.ts';
import { asNumber, asObject, asString, isSchema, type JsonObject } from '../json.ts';

/** The clip's active reference; null where it is missing. */
export function mediaReference(item: JsonObject): JsonObject | null {
  const many = asObject(item['media_references']);
  const active = asString(item['active_media_reference_key']) ?? 'DEFAULT_MEDIA';
  const reference = asObject(item['media_reference']) ?? asObject(many?.[active]);
  return reference && !isSchema(reference, 'MissingReference') ? reference : null;
}

/** Absolute path, or pattern of a sequence; relative ones lie in `base`. Throws `list.invalid` or `input.unsupported`. */
export function mediaPath(reference: JsonObject, base: string, place: ErrorPlace): string {
  if (isSchema(reference, 'ImageSequenceReference')) {
    const padding = Math.max(1, asNumber(reference['frame_zero_padding']) ?? 4);
    const name = `${asString(reference['name_prefix']) ?? ''}%0${padding}d${asString(reference['name_suffix']) ?? ''}`;
    const folder = asString(reference['target_url_base']) ?? '';
    return resolve(folder === '' ? base : urlToPath(folder, base, place), name);
  }
  const url = asString(reference['target_url']);
  if (url === null) throw new StringoutError('input.unsupported', `its media is a ${asString(reference['OTIO_SCHEMA']) ?? 'reference of unknown kind'}, not a file`, place);
  return url === '' ? '' : urlToPath(url, base, place);
}

/** Null for what is no sequence, or does not tell where it begins. */
export function sequenceNumbers(reference: JsonObject): SequenceNumbers | null {
  const first = asNumber(reference['start_frame']);
  if (!isSchema(reference, 'ImageSequenceReference') || first === null) return null;
  const step = Math.max(1, Math.round(asNumber(reference['frame_step']) ?? 1));
  return { first: Math.round(first), step, rate: rateFromNumber(asNumber(reference['rate']) ?? 0) };
}

/** A file URL, or a plain path as many programs write it; percent-encoding is undone only where it is valid. */
function urlToPath(url: string, base: string, place: ErrorPlace): string {
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
