/**
 * Nothing of an OpenTimelineIO object is lost: its own metadata stay the node's, fields that are not understood stand in `metadata.otio.fields`.
 * What the shared model knows and OpenTimelineIO has no field for is written to `metadata.stringout`, only where it cannot be told otherwise.
 */
import { asObject, type JsonObject } from '../json.ts';

const ours = 'stringout';
const keptKey = 'otio';
/** Optional fields of newer versions, which say nothing where they are null. */
const silentWhenNull = new Set(['color', 'available_image_bounds']);

/** Reads an object's fields; what nobody asks for, or what is of another type than expected, is kept. */
export class Fields {
  readonly schema: string;
  /** The file's own metadata. */
  readonly own: JsonObject;
  readonly #rest: Map<string, unknown>;
  readonly #said: Map<string, unknown>;

  constructor(object: JsonObject) {
    this.#rest = new Map(Object.entries(object));
    const schema = object['OTIO_SCHEMA'];
    this.schema = typeof schema === 'string' ? schema : '';
    this.#rest.delete('OTIO_SCHEMA');
    const { [ours]: said, ...own } = this.#take('metadata', asObject) ?? {};
    this.#said = new Map(Object.entries(asObject(said) ?? {}));
    this.own = said === undefined || asObject(said) ? own : { ...own, [ours]: said };
  }

  /** `read` gives null for what it does not understand, which is then kept. */
  field<T>(key: string, read: (value: unknown) => T | null): T | null {
    return this.#take(key, read);
  }

  /** Empty where there is none. */
  text(key: string): string {
    return this.#take(key, (value) => (typeof value === 'string' ? value : null)) ?? '';
  }

  flag(key: string, fallback: boolean): boolean {
    return this.#take(key, (value) => (typeof value === 'boolean' ? value : null)) ?? fallback;
  }

  objects(key: string): readonly JsonObject[] {
    return this.#take(key, (value) => (Array.isArray(value) && value.every((item) => asObject(item)) ? (value as readonly JsonObject[]) : null)) ?? [];
  }

  /** For what is rebuilt from its parts; true where there was something that was not understood. */
  discard(key: string): boolean {
    return this.#rest.delete(key);
  }

  has(key: string): boolean {
    return this.#rest.has(key);
  }

  /** What our own writer added, else what the file tells anyway; `read` gives undefined for what it does not understand. */
  said<T>(key: string, derived: T, read: (value: unknown) => T | undefined): T {
    if (!this.#said.has(key)) return derived;
    const value = read(this.#said.get(key));
    if (value === undefined) return derived;
    this.#said.delete(key);
    return value;
  }

  /** Called last. `more` is kept beside the fields that were not understood. */
  metadata(more: JsonObject = {}): JsonObject {
    const { [keptKey]: clash, ...own } = this.own;
    const fields = Object.fromEntries([...this.#rest].filter(([key, value]) => value !== null || !silentWhenNull.has(key)));
    const kept = {
      ...more, ...(Object.keys(fields).length > 0 ? { fields } : {}), ...(clash === undefined ? {} : { own: clash }),
    };
    return {
      ...own, ...(this.#said.size > 0 ? { [ours]: Object.fromEntries(this.#said) } : {}),
      ...(Object.keys(kept).length > 0 ? { [keptKey]: kept } : {}),
    };
  }

  #take<T>(key: string, read: (value: unknown) => T | null): T | null {
    const value = this.#rest.get(key);
    const found = value === null || value === undefined ? null : read(value);
    if (found !== null || value === null) this.#rest.delete(key);
    return found;
  }
}

/** What reading kept beside the metadata. */
export function keptOf(metadata: JsonObject): JsonObject {
  return asObject(metadata[keptKey]) ?? {};
}

/** The file's own metadata, without what reading kept. */
export function ownMetadata(metadata: JsonObject): JsonObject {
  const { [keptKey]: kept, ...own } = metadata;
  const clash = asObject(kept)?.['own'];
  return clash === undefined ? own : { ...own, [keptKey]: clash };
}

const unread: Readonly<Record<string, unknown>> = { frame_zero_padding: 0, start_frame: 1, frame_step: 1, missing_frame_policy: 'error' };

/** What a field reads as whose value was not understood: nothing, or no time. */
function isUnread(key: string, value: unknown): boolean {
  const time = asObject(value);
  const length = asObject(time?.['duration']) ?? time;
  return value === null || value === '' || value === true || (Array.isArray(value) && value.length === 0) || unread[key] === value || length?.['value'] === 0;
}

/** A node's value, and what reading would make of the rest. */
export type Said = { readonly value: unknown; readonly derived: unknown };

/** The object again: kept fields stay where the typed ones have nothing to say. */
export function compose(schema: string, metadata: JsonObject, fields: JsonObject, said: Readonly<Record<string, Said>> = {}): JsonObject {
  const own = ownMetadata(metadata);
  const kept = asObject(keptOf(metadata)['fields']) ?? {};
  const told = Object.fromEntries(Object.entries(said).filter(([, { value, derived }]) => value !== derived).map(([key, { value }]) => [key, value]));
  const typed = Object.fromEntries(Object.entries(fields).filter(([key, value]) => value !== undefined && !(key in kept && isUnread(key, value))));
  return {
    OTIO_SCHEMA: schema,
    // Metadata of another type than an object were kept as a field.
    metadata: Object.keys(told).length > 0 ? { ...own, [ours]: { ...asObject(own[ours]), ...told } } : own,
    ...kept, ...typed,
  };
}
