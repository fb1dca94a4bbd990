/**
 * OpenTimelineIO: a timeline of one video track with its sound. Clips, gaps, external references and image sequences are read; what
 * would change the picture and is not built yet (nested stacks, speed changes, further video tracks) is refused by name.
 */
import { StringoutError } from '../base/errors.ts';
import { atRate, commonRate } from '../domain/rational.ts';
import type { Clip, ClipRange, Gap, SequenceNumbers, Timeline, TimelineItem } from '../domain/timeline.ts';
import { asArray, asNumber, asObject, asString, isSchema, objectsIn, parseLenientJson, type JsonObject } from './json.ts';
import { mediaPath, mediaReference, sequenceNumbers } from './otio/media-path.ts';
import { majorityRate, readRange, readStart, sumTicks, type Range, type Ticks } from './otio/time.ts';

/** Relative media lie in `folder`. Throws `list.invalid` or `input.unsupported`, naming the file and the clip. */
export function readOtio(text: string, path: string, folder: string): Timeline {
  const root = parseRoot(text, path);
  const warnings: string[] = [];
  const stack = asObject(root['tracks']);
  const tracks = objectsIn(stack?.['children']);
  const other = tracks.find((item) => !isSchema(item, 'Track') && isEnabled(item));
  if (other) throw new StringoutError('list.invalid', `has a ${describe(other)} beside its tracks, which is not read: flatten it`, { file: path });
  const pictures = tracks.filter((track) => isSchema(track, 'Track') && track['kind'] !== 'Audio' && isEnabled(track));
  const used = pictures.filter((track) => asArray(track['children']).length > 0);
  if (used.length > 1) throw new StringoutError('input.unsupported', `has ${used.length} video tracks: flatten it to one, more are not read yet`, { file: path });
  const sounds = tracks.filter((track) => track['kind'] === 'Audio' && asArray(track['children']).length > 0);
  const track = used[0];
  if (!track) throw new StringoutError('list.invalid', 'has no video track with clips in it', { file: path });

  for (const whole of [track, ...(stack ? [stack] : [])]) {
    if (!showsAll(whole, track, path)) {
      throw new StringoutError('list.invalid', `the ${describe(whole)} shows only a part of its clips (it has a source range), which is not read: trim the clips`, { file: path });
    }
  }
  const items = asArray(track['children']).flatMap((child) => readItem(asObject(child), path, folder, warnings));
  if (!items.some((item) => item.kind === 'clip')) throw new StringoutError('list.invalid', 'has no clip in its video track', { file: path });
  if (sounds.some((sound) => !followsPicture(sound, track) || !showsAll(sound, sound, path))) {
    warnings.push('the sound tracks are cut differently from the picture: the sound of each shot is used instead');
  }
  const start = readStart(root['global_start_time']);
  return { name: asString(root['name']) ?? '', rate: majorityRate([track]), start, items, warnings, origin: path };
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
  const available = reference ? readRange(reference['available_range'], place) : null;
  const numbers = reference ? sequenceNumbers(reference) : null;
  // Of a sequence without a source range the available one tells where it begins.
  const range = readRange(item['source_range'], place) ?? (numbers ? available : null);
  const metadata = asObject(item['metadata']);
  return {
    kind: 'clip', media, line: null, name: name || (media.split('/').at(-1) ?? ''),
    range: range ? toClipRange(range, available, numbers) : numbers ? fromStart(numbers) : null,
    reel: asString(metadata?.['reel']), scene: asString(metadata?.['scene']), take: asString(metadata?.['take']), note: asString(metadata?.['note']),
  };
}

function toClipRange(range: Range, available: Range | null, numbers: SequenceNumbers | null): ClipRange {
  const clock = available ? { value: available.start, rate: available.rate } : startOfNumbers(range, numbers);
  const rate = commonRate(range.rate, clock.rate);
  const origin = atRate(clock.value, clock.rate, rate);
  const position = (value: number) => ({ unit: 'media', value: atRate(value, range.rate, rate), rate, origin }) as const;
  return { in: position(range.start), out: position(range.start + range.duration), ...(numbers ? { numbers } : {}) };
}

/** Without an available range the clock begins at zero, unless its times are plainly the numbers of the files. */
function startOfNumbers(range: Range, numbers: SequenceNumbers | null): Ticks {
  const zero = { value: 0, rate: range.rate };
  if (!numbers) return zero;
  const first = { value: numbers.first, rate: numbers.rate ?? range.rate };
  const rate = commonRate(first.rate, range.rate);
  return atRate(range.start, range.rate, rate) >= atRate(first.value, first.rate, rate) ? first : zero;
}

function fromStart(numbers: SequenceNumbers): ClipRange | null {
  const { rate } = numbers;
  return rate && { in: { unit: 'media', value: 0, rate, origin: 0 }, out: null, numbers };
}

function gapOf(item: JsonObject | null, place: { file: string; clip: string }): Gap[] {
  const range = readRange(item?.['source_range'], place) ?? readRange(item ? mediaReference(item)?.['available_range'] : null, place);
  if (!range) throw new StringoutError('list.invalid', 'a gap or disabled clip has no length', place);
  return range.duration > 0 ? [{ kind: 'gap', duration: { frames: range.duration, rate: range.rate } }] : [];
}

/** A track or stack without a source range of its own, or with one that leaves nothing of the track's clips out. */
function showsAll(item: JsonObject, track: JsonObject, path: string): boolean {
  const range = readRange(item['source_range'], { file: path });
  if (!range) return true;
  const lengths = objectsIn(track['children']).filter((child) => !isSchema(child, 'Transition')).map((child): Ticks | null => {
    const own = readRange(child['source_range'] ?? mediaReference(child)?.['available_range'], { file: path });
    return own && { value: own.duration, rate: own.rate };
  });
  if (range.start !== 0 || lengths.includes(null)) return false;
  const whole = sumTicks(lengths.filter((length) => length !== null));
  const rate = commonRate(whole.rate, range.rate);
  return atRate(range.duration, range.rate, rate) >= atRate(whole.value, whole.rate, rate);
}

function describe(item: JsonObject): string {
  const kind = (asString(item['OTIO_SCHEMA']) ?? 'item').split('.')[0]?.toLowerCase() ?? 'item';
  return `${kind} ${JSON.stringify(asString(item['name']) ?? '')}`;
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

function isEnabled(item: JsonObject): boolean {
  return item['enabled'] !== false;
}

function isRetime(effect: JsonObject): boolean {
  const schema = asString(effect['OTIO_SCHEMA']) ?? '';
  return /^(LinearTimeWarp|TimeEffect|FreezeFrame)\b/.test(schema) && asNumber(effect['time_scalar']) !== 1;
}
