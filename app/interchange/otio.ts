/**
 * OpenTimelineIO: a timeline of one video track with its sound. Clips, gaps, external references and image sequences are read; what
 * would change the picture and is not built yet (nested stacks, speed changes, further video tracks) is refused by name.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StringoutError } from '../base/errors.ts';
import { rateFromNumber } from '../domain/frame-rates.ts';
import { formatRational, scaleRound, type Rational } from '../domain/rational.ts';
import type { Clip, ClipRange, Duration, Gap, Timeline, TimelineItem } from '../domain/timeline.ts';
import { asArray, asNumber, asObject, asString, objectsIn, parseLenientJson, type JsonObject } from './json.ts';

/** Relative media lie in `folder`. Throws `list.invalid` or `input.unsupported`, naming the file and the clip. */
export function readOtio(text: string, path: string, folder: string): Timeline {
  const root = parseRoot(text, path);
  const warnings: string[] = [];
  const tracks = objectsIn(asObject(root['tracks'])?.['children']);
  const pictures = tracks.filter((track) => isSchema(track, 'Track') && track['kind'] !== 'Audio' && isEnabled(track));
  const used = pictures.filter((track) => asArray(track['children']).length > 0);
  if (used.length > 1) throw new StringoutError('input.unsupported', `has ${used.length} video tracks: flatten it to one, more are not read yet`, { file: path });
  const sounds = tracks.filter((track) => track['kind'] === 'Audio' && asArray(track['children']).length > 0);
  const track = used[0];
  if (!track) throw new StringoutError('list.invalid', 'has no video track with clips in it', { file: path });

  const items = asArray(track['children']).flatMap((child) => readItem(asObject(child), path, folder, warnings));
  if (!items.some((item) => item.kind === 'clip')) throw new StringoutError('list.invalid', 'has no clip in its video track', { file: path });
  if (sounds.some((sound) => !followsPicture(sound, track))) {
    warnings.push('the sound tracks are cut differently from the picture: the sound of each shot is used instead');
  }
  const rate = majorityRate(track);
  return { name: asString(root['name']) ?? '', rate, start: readStart(root, rate), items, warnings, origin: path };
}

function parseRoot(text: string, path: string): JsonObject {
  let root: JsonObject | null;
  try {
    root = asObject(parseLenientJson(text));
  } catch (error) {
    throw new StringoutError('list.invalid', `is not readable as JSON: ${error instanceof Error ? error.message : String(error)}`, { file: path }, { cause: error });
  }
  const schema = asString(root?.['OTIO_SCHEMA']);
  if (!root || schema === null) throw new StringoutError('list.invalid', 'is JSON but no OpenTimelineIO file: it has no OTIO_SCHEMA', { file: path });
  if (!isSchema(root, 'Timeline')) throw new StringoutError('input.unsupported', `holds a ${schema}, not a timeline: export the timeline it belongs to`, { file: path });
  return root;
}

function readItem(item: JsonObject | null, path: string, folder: string, warnings: string[]): TimelineItem[] {
  const name = asString(item?.['name']) ?? '';
  const place = { file: path, clip: name };
  if (isSchema(item, 'Transition')) {
    warnings.push(`the transition ${JSON.stringify(name)} is read as a cut`);
    return [];
  }
  if (isSchema(item, 'Gap')) return gapOf(item, place);
  if (!item || !isSchema(item, 'Clip')) {
    throw new StringoutError('input.unsupported', `${asString(item?.['OTIO_SCHEMA']) ?? 'an item without a schema'} in the video track is not read yet: flatten it`, place);
  }
  if (!isEnabled(item)) return gapOf(item, place);
  const retime = objectsIn(item['effects']).find((effect) => isRetime(effect));
  if (retime) throw new StringoutError('input.unsupported', 'has a speed change, which is not built yet: render it, or take the effect off', place);
  return [clipOf(item, name, folder, place)];
}

function clipOf(item: JsonObject, name: string, folder: string, place: { file: string; clip: string }): Clip {
  const reference = mediaReference(item);
  const media = reference ? mediaPath(reference, folder, place) : '';
  const range = readRange(item['source_range'], place);
  const available = reference ? readRange(reference['available_range'], place) : null;
  const metadata = asObject(item['metadata']);
  return {
    kind: 'clip', media, line: null, name: name || (media.split('/').at(-1) ?? ''),
    range: range ? toClipRange(range, available) : null,
    reel: asString(metadata?.['reel']), scene: asString(metadata?.['scene']), take: asString(metadata?.['take']), note: asString(metadata?.['note']),
  };
}

type Range = { readonly start: number; readonly duration: number; readonly rate: Rational };

function toClipRange(range: Range, available: Range | null): ClipRange {
  const { rate } = range;
  const origin = available ? scaleRound(available.start, rate.num * available.rate.den, rate.den * available.rate.num) : 0;
  const position = (value: number) => ({ unit: 'media', value, rate, origin }) as const;
  return { in: position(range.start), out: position(range.start + range.duration) };
}

function gapOf(item: JsonObject | null, place: { file: string; clip: string }): Gap[] {
  const range = readRange(item?.['source_range'], place) ?? readRange(item ? mediaReference(item)?.['available_range'] : null, place);
  if (!range) throw new StringoutError('list.invalid', 'a gap or disabled clip has no length', place);
  const duration: Duration = { frames: range.duration, rate: range.rate };
  return range.duration > 0 ? [{ kind: 'gap', duration }] : [];
}

function readRange(value: unknown, place: { file: string; clip: string }): Range | null {
  const object = asObject(value);
  if (!object) return null;
  const start = asObject(object['start_time']);
  const duration = asObject(object['duration']);
  const rate = rateFromNumber(asNumber(duration?.['rate']) ?? asNumber(start?.['rate']) ?? 0);
  const length = asNumber(duration?.['value']);
  if (!rate || length === null) throw new StringoutError('list.invalid', 'has a source range without a length or rate', place);
  const startRate = rateFromNumber(asNumber(start?.['rate']) ?? 0) ?? rate;
  const from = Math.round(asNumber(start?.['value']) ?? 0);
  return { start: scaleRound(from, rate.num * startRate.den, rate.den * startRate.num), duration: Math.round(length), rate };
}

function mediaReference(item: JsonObject): JsonObject | null {
  const many = asObject(item['media_references']);
  const active = asString(item['active_media_reference_key']) ?? 'DEFAULT_MEDIA';
  const reference = asObject(item['media_reference']) ?? asObject(many?.[active]);
  return reference && !isSchema(reference, 'MissingReference') ? reference : null;
}

function mediaPath(reference: JsonObject, base: string, place: { file: string; clip: string }): string {
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

/** A file URL, or a plain path as many programs write it; percent-encoding is undone only where it is valid. */
function urlToPath(url: string, base: string, place: { file: string; clip: string }): string {
  if (/^file:/i.test(url)) {
    const local = url.replace(/^file:\/\/localhost\//i, 'file:///').replace(/^file:(?!\/\/)/i, 'file://');
    try {
      return fileURLToPath(local);
    } catch (error) {
      throw new StringoutError('list.invalid', `its media ${JSON.stringify(url)} is no usable file URL`, place, { cause: error });
    }
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(url)) throw new StringoutError('input.unsupported', `its media ${JSON.stringify(url)} is not on a disk: only files are opened`, place);
  return resolve(base, /%[0-9a-f]{2}/i.test(url) ? decodeLenient(url) : url);
}

function decodeLenient(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not an encoding after all: a name with a percent sign
  }
}

function readStart(root: JsonObject, rate: Rational | null): Timeline['start'] {
  const start = asObject(root['global_start_time']);
  const value = asNumber(start?.['value']);
  const own = rateFromNumber(asNumber(start?.['rate']) ?? 0);
  if (value === null || !own) return null;
  const target = rate ?? own;
  return { frame: scaleRound(Math.round(value), target.num * own.den, target.den * own.num), dropFrame: false };
}

function majorityRate(track: JsonObject): Rational | null {
  const counts = new Map<string, { rate: Rational; count: number }>();
  for (const child of asArray(track['children'])) {
    const duration = asObject(asObject(asObject(child)?.['source_range'])?.['duration']);
    const rate = rateFromNumber(asNumber(duration?.['rate']) ?? 0);
    if (!rate) continue;
    const key = formatRational(rate);
    counts.set(key, { rate, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.rate ?? null;
}

/** The sound track shows the same files in the same ranges, so the shots' own sound says it all. */
function followsPicture(sound: JsonObject, picture: JsonObject): boolean {
  const shape = (track: JsonObject): string => JSON.stringify(asArray(track['children']).flatMap((child) => {
    const item = asObject(child);
    if (!item || isSchema(item, 'Transition')) return [];
    return [[isSchema(item, 'Gap') ? 'gap' : asString(mediaReference(item)?.['target_url']), item['source_range'] ?? null]];
  }));
  return shape(sound) === shape(picture);
}

function isSchema(item: JsonObject | null, name: string): boolean {
  return asString(item?.['OTIO_SCHEMA'])?.split('.')[0] === name;
}

function isEnabled(item: JsonObject): boolean {
  return item['enabled'] !== false;
}

function isRetime(effect: JsonObject): boolean {
  const schema = asString(effect['OTIO_SCHEMA']) ?? '';
  return /^(LinearTimeWarp|TimeEffect|FreezeFrame)\b/.test(schema) && asNumber(effect['time_scalar']) !== 1;
}
