/** Values as SQLite keeps them, and back. What is not what it should be becomes `undefined`, which no check takes. */
import type { Check } from '../shape.ts';

export type SqlValue = string | number | null;

export const isInteger: Check<number> = (value): value is number => Number.isSafeInteger(value);
export const isPositive: Check<number> = (value): value is number => isInteger(value) && value > 0;
export const isId = isPositive;

export function fromBoolean(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

export function toBoolean(value: unknown): boolean | undefined {
  if (value === 1) return true;
  return value === 0 ? false : undefined;
}

export function fromJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
