/** ASC CDL values as lists write them: `(s s s)(o o o)(p p p)`, and the saturation on its own. */
import type { Effect, Rgb } from './document.ts';

export type Cdl = Extract<Effect, { kind: 'cdl' }>;

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi;

/** Null where it is not nine numbers. */
export function readSlopeOffsetPower(text: string): Pick<Cdl, 'slope' | 'offset' | 'power'> | null {
  const values = (text.match(number) ?? []).map(Number);
  if (values.length !== 9 || /[^\d\s().,;eE+-]/.test(text)) return null;
  const [a = 1, b = 1, c = 1, d = 0, e = 0, f = 0, g = 1, h = 1, i = 1] = values;
  return { slope: [a, b, c], offset: [d, e, f], power: [g, h, i] };
}

/** Null where it is no number. */
export function readSaturation(text: string): number | null {
  const value = text.trim();
  return value !== '' && value.replace(number, '') === '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

/** Either may be missing, and is then neutral; both missing: null. */
export function makeCdl(grade: Pick<Cdl, 'slope' | 'offset' | 'power'> | null, saturation: number | null): Cdl | null {
  if (!grade && saturation === null) return null;
  return { kind: 'cdl', ...(grade ?? { slope: [1, 1, 1], offset: [0, 0, 0], power: [1, 1, 1] }), saturation: saturation ?? 1, metadata: {} };
}

export function writeSlopeOffsetPower(cdl: Cdl): string {
  return [cdl.slope, cdl.offset, cdl.power].map((triple: Rgb) => `(${triple.map(decimal).join(' ')})`).join('');
}

/** Never with an exponent, which no list knows; at least one digit behind the point. */
export function decimal(value: number): string {
  const text = String(value);
  const plain = text.includes('e') ? value.toFixed(20).replace(/0+$/, '') : text;
  return /\.\d/.test(plain) ? plain : `${plain.replace(/\.$/, '')}.0`;
}
