/** Words by key. `{name}` in a text is replaced by the value of that name; another language is another catalogue with the same keys. */
import { english, type TextKey } from './english.ts';

export type { TextKey } from './english.ts';

const plurals = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en-US');

export function text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return english[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}

/** Keys that come as a pair: `clips.one` and `clips.other`. */
type PluralKey = { [Key in TextKey]: Key extends `${infer Stem}.one` ? Stem : never }[TextKey];

/** "1 clip", "2,000 clips". */
export function plural(key: PluralKey, count: number): string {
  return text(`${key}.${plurals.select(count) === 'one' ? 'one' : 'other'}` as TextKey, { count });
}

export function formatNumber(value: number): string {
  return numbers.format(value);
}
