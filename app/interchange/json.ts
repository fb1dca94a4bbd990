/** Typed looks into JSON of unknown shape. */
export type JsonObject = { readonly [key: string]: unknown };

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects among an array's elements. */
export function objectsIn(value: unknown): JsonObject[] {
  return asArray(value).map(asObject).filter((object) => object !== null);
}

export function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** OpenTimelineIO writes NaN, Infinity and -Infinity as they stand; JSON has no such numbers, so they become null. */
export function parseLenientJson(text: string): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch (error) {
    const repaired = source.replace(/("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity|Inf)\b/g, (_, quoted: string | undefined) => quoted ?? 'null');
    if (repaired === source) throw error;
    return JSON.parse(repaired);
  }
}

/** OpenTimelineIO's kind of object, of any version. */
export function isSchema(item: JsonObject | null, name: string): boolean {
  return asString(item?.['OTIO_SCHEMA'])?.split('.')[0] === name;
}
