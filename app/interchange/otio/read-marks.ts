/** Markers, effects and transitions of OpenTimelineIO. */
import type { DocumentTransition, Effect, Marker, Rgb, Time } from '../document.ts';
import { asArray, asNumber, asObject, asString, type JsonObject } from '../json.ts';
import { Fields } from './kept.ts';
import type { Reading } from './reading.ts';
import { fractionOf, readTicks } from './time.ts';

export const defaultTransition = { dissolve: 'SMPTE_Dissolve', wipe: 'SMPTE_Wipe', other: 'Custom_Transition' } as const;
/** Effects of ours, in the words of OpenTimelineIO's `effect_name`. */
export const colourEffect = 'ASC_CDL';

const atOnce = { start: 0, duration: 0, rate: { num: 1, den: 1 } };

export function readMarker(object: JsonObject, reading: Reading): Marker {
  const fields = new Fields(object);
  // Marker.3 has a colour of four channels with a name.
  const object3 = asObject(object['color']);
  const color = object3 ? asString(object3['name']) : fields.field('color', asString);
  return {
    name: fields.text('name'), comment: fields.text('comment'), color: color ? color.toLowerCase() : null,
    range: reading.range(fields, 'marked_range') ?? atOnce, metadata: fields.metadata(),
  };
}

export function readEffect(object: JsonObject): Effect {
  const fields = new Fields(object);
  const kind = fields.schema.split('.')[0];
  const effectName = asString(object['effect_name']) ?? '';
  if (kind === 'FreezeFrame' || (kind === 'LinearTimeWarp' && asNumber(object['time_scalar']) !== null)) {
    const written = kind === 'FreezeFrame' ? 0 : asNumber(object['time_scalar']) ?? 1;
    const derived = fractionOf(written);
    if (derived) {
      const scalar = fields.said('fraction', derived, (value) => readFraction(value, written));
      fields.field('time_scalar', (value) => value);
      fields.field('effect_name', (value) => (value === '' || value === kind ? value : null));
      return { kind: 'speed', ...scalar, name: fields.text('name'), metadata: fields.metadata() };
    }
  }
  if (effectName === colourEffect) {
    const cdl = fields.said('cdl', null, readCdl);
    if (cdl) {
      fields.text('effect_name');
      fields.field('name', (value) => (value === '' ? value : null));
      return { kind: 'cdl', ...cdl, metadata: fields.metadata() };
    }
  }
  const name = effectName || (asString(object['name']) ?? '') || fields.schema;
  fields.field('effect_name', (value) => (value === name ? value : null));
  fields.field('name', (value) => (value === '' ? value : null));
  return { kind: 'other', name, metadata: fields.metadata(fields.schema === 'Effect.1' ? {} : { schema: fields.schema }) };
}

/** Only where it is the number that the file has still. */
function readFraction(value: unknown, written: number): { readonly num: number; readonly den: number } | undefined {
  const [, num, den] = (/^(-?\d+)\/([1-9]\d*)$/.exec(asString(value) ?? '') ?? []).map(Number);
  return num !== undefined && den !== undefined && num / den === written ? { num, den } : undefined;
}

type Cdl = { readonly slope: Rgb; readonly offset: Rgb; readonly power: Rgb; readonly saturation: number };

function readCdl(value: unknown): Cdl | undefined {
  const object = asObject(value);
  const slope = asRgb(object?.['slope']);
  const offset = asRgb(object?.['offset']);
  const power = asRgb(object?.['power']);
  return slope && offset && power ? { slope, offset, power, saturation: asNumber(object?.['saturation']) ?? 1 } : undefined;
}

/** As OpenTimelineIO's EDL reader leaves it in a clip's metadata. */
export function colourFromMetadata(own: JsonObject): Effect | null {
  const cdl = asObject(own['cdl']);
  const sop = readCdl({ ...asObject(cdl?.['asc_sop']), saturation: cdl?.['asc_sat'] });
  return sop ? { kind: 'cdl', ...sop, metadata: {} } : null;
}

function asRgb(value: unknown): Rgb | null {
  const [red, green, blue, ...more] = asArray(value).map(asNumber);
  return typeof red === 'number' && typeof green === 'number' && typeof blue === 'number' && more.length === 0 ? [red, green, blue] : null;
}

export function readTransition(fields: Fields, reading: Reading): DocumentTransition {
  const before = fields.field('in_offset', readTicks);
  const after = fields.field('out_offset', readTicks);
  if (!before && !after) reading.note('is a transition without a length: read as a cut');
  const none: Time = { value: 0, rate: (before ?? after ?? atOnce).rate };
  const said = fields.field('transition_type', (value) => (value === '' || Object.values<unknown>(defaultTransition).includes(value) ? asString(value) : null));
  const derived = transitionType(said ?? (fields.has('transition_type') ? defaultTransition.other : ''), fields.own);
  const wipe = fields.said('wipe', derived.kind === 'wipe' ? derived.number : 0, (value) => asNumber(value) ?? undefined);
  return {
    kind: 'transition', name: fields.text('name'), type: derived.kind === 'wipe' ? { kind: 'wipe', number: wipe } : derived,
    before: before ?? none, after: after ?? none, metadata: fields.metadata(),
  };
}

/** What a type and the file's own metadata tell. */
export function transitionType(type: string, own: JsonObject): DocumentTransition['type'] {
  const wipe = /^W(\d{1,3})$/.exec(asString(asObject(own['cmx_3600'])?.['transition']) ?? '')?.[1];
  if (type === defaultTransition.wipe) return { kind: 'wipe', number: wipe === undefined ? 1 : Number(wipe) };
  return type === '' || type === defaultTransition.dissolve ? { kind: 'dissolve' } : { kind: 'other' };
}
