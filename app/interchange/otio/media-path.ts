/** Where the media of an OpenTimelineIO clip lie. */
import { resolve } from 'node:path';
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import { rateFromNumber } from '../../domain/frame-rates.ts';
import type { SequenceNumbers } from '../../domain/timeline.ts';
import { asNumber, asObject, asString, isSchema, type JsonObject } from '../json.ts';
import { urlToPath } from '../media-url.ts';

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
