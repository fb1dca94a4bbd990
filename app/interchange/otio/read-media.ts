/** Media references of OpenTimelineIO; of several in one clip the active one is used, and the others are kept. */
import type { MediaReference } from '../document.ts';
import { asNumber, asObject, asString, type JsonObject } from '../json.ts';
import type { Reading } from './reading.ts';
import { Fields } from './kept.ts';
import { rateOf } from './time.ts';

export const defaultMediaKey = 'DEFAULT_MEDIA';

/** `kept` is what the clip has to remember of its references. */
export function readClipMedia(clip: Fields, reading: Reading): { readonly media: MediaReference; readonly kept: JsonObject } {
  const key = clip.field('active_media_reference_key', asString) ?? defaultMediaKey;
  const { [key]: active, ...others } = clip.field('media_references', asObject) ?? {};
  const reference = clip.field('media_reference', asObject) ?? asObject(active);
  for (const field of ['active_media_reference_key', 'media_references', 'media_reference']) if (clip.discard(field)) reading.note(`its ${field} is of the wrong kind: left out`);
  if (!reference && Object.keys(others).length > 0) reading.note(`its active media reference ${JSON.stringify(key)} does not exist: read as missing media`);
  return {
    media: reference ? readMedia(reference, reading) : missing,
    kept: { ...(Object.keys(others).length > 0 ? { references: others } : {}), ...(key === defaultMediaKey ? {} : { active: key }) },
  };
}

const missing: MediaReference = { kind: 'missing', name: '', available: null, metadata: {} };

function readMedia(reference: JsonObject, reading: Reading): MediaReference {
  const fields = new Fields(reference);
  const name = fields.text('name');
  const available = reading.range(fields, 'available_range');
  switch (fields.schema.split('.')[0]) {
    case 'ExternalReference': return { kind: 'file', url: fields.text('target_url'), name, available, metadata: fields.metadata() };
    case 'MissingReference': return { kind: 'missing', name, available, metadata: fields.metadata() };
    case 'ImageSequenceReference': {
      const rate = fields.field('rate', (value) => rateOf(asNumber(value) ?? 0));
      fields.field('rate', (value) => (value === 0 ? 0 : null)); // our own word for none
      return {
        kind: 'sequence', folder: fields.text('target_url_base'), prefix: fields.text('name_prefix'), suffix: fields.text('name_suffix'),
        padding: fields.field('frame_zero_padding', asCount) ?? 0, first: fields.field('start_frame', asWhole) ?? 1, step: fields.field('frame_step', asStep) ?? 1,
        rate, missing: fields.field('missing_frame_policy', asPolicy) ?? 'error',
        name, available, metadata: fields.metadata(),
      };
    }
    case 'GeneratorReference': {
      const generator = generatorOf(asString(reference['generator_kind']) ?? '');
      fields.field('generator_kind', (kind) => (kind === generatorKinds[generator] ? kind : null));
      fields.field('parameters', (value) => (Object.keys(asObject(value) ?? { kept: true }).length === 0 ? {} : null));
      return { kind: 'generator', generator, name, available, metadata: fields.metadata() };
    }
    default:
      reading.note(`its media is a ${fields.schema || 'reference of unknown kind'}, which is kept and read as missing`);
      return { kind: 'missing', name, available, metadata: fields.metadata({ schema: fields.schema }) };
  }
}

/** How our own writer names them. */
export const generatorKinds = { black: 'black', bars: 'SMPTEBars', other: 'other' } as const;

function generatorOf(kind: string): keyof typeof generatorKinds {
  return /^(?:black|slug|solid black|empty)$/i.test(kind) ? 'black' : /bars/i.test(kind) ? 'bars' : 'other';
}

function asWhole(value: unknown): number | null {
  return Number.isSafeInteger(value) ? Number(value) : null;
}

function asCount(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= 20 ? Number(value) : null;
}

function asStep(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 1 ? Number(value) : null;
}

function asPolicy(value: unknown): 'error' | 'hold' | 'black' | null {
  return value === 'error' || value === 'hold' || value === 'black' ? value : null;
}
