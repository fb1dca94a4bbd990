/** Checks of what was read back: small type guards put together. Faster to load and to run than a schema library, which counts at start-up. */

export type Check<T> = (value: unknown) => value is T;

export const isString: Check<string> = (value) => typeof value === 'string';
export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';
export const isNumber: Check<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);

export function nullOr<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function arrayOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every((item) => check(item));
}

export function oneOf<const T extends string | number>(...allowed: readonly T[]): Check<T> {
  const set: ReadonlySet<unknown> = new Set(allowed);
  return (value): value is T => set.has(value);
}

export function shape<T extends object>(fields: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> {
  const entries: [string, Check<unknown>][] = Object.entries(fields);
  return (value): value is T => {
    if (!isRecord(value)) return false;
    for (const [name, check] of entries) {
      if (!check(value[name])) return false;
    }
    return true;
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
