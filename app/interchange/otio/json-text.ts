/**
 * OpenTimelineIO's JSON is not strict: it has Infinity, NaN and integers of 64 bits. JavaScript's numbers and strict JSON hold none of these, so here
 * each is an object `{ "$number": "<as written>" }`, which survives every store and is written as it was read.
 */
import { asObject, asString, type JsonObject } from '../json.ts';

/** Deeper nesting is no timeline: it would exhaust the stack of whoever walks it. */
const deepest = 400;
const exactKey = '$number';
const tokens = /"[^"\\]*(?:\\[^][^"\\]*)*"?|[[{]|[\]}]|-?\b(?:NaN|Infinity|Inf)\b|-?\d[\d.eE+-]*/g;

/** Throws SyntaxError for what is no JSON even so, or nested too deeply. */
export function parseOtioJson(text: string): unknown {
  let depth = 0;
  const strict = text.replace(/^\uFEFF/, '').replace(tokens, (token) => {
    if (token === '{' || token === '[') {
      depth++;
      if (depth > deepest) throw new SyntaxError(`it is nested more than ${deepest} levels deep`);
    } else if (token === '}' || token === ']') {
      depth--;
    } else if (isBeyondNumbers(token)) {
      return `{"${exactKey}":"${token.replace(/Inf$/, 'Infinity')}"}`;
    }
    return token;
  });
  return JSON.parse(strict);
}

/** Indented by four spaces, as OpenTimelineIO itself writes. */
export function formatOtioJson(value: unknown): string {
  return `${format(value, '\n')}\n`;
}

function isBeyondNumbers(token: string): boolean {
  return /^-?(?:NaN|Inf)/.test(token) || (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)));
}

function format(value: unknown, newLine: string): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const inner = `${newLine}    `;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${inner}${value.map((item) => format(item, inner)).join(`,${inner}`)}${newLine}]`;
  const exact = exactNumber(asObject(value) ?? {});
  if (exact !== null) return exact;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  return `{${inner}${entries.map(([key, item]) => `${JSON.stringify(key)}: ${format(item, inner)}`).join(`,${inner}`)}${newLine}}`;
}

function exactNumber(object: JsonObject): string | null {
  const text = asString(object[exactKey]);
  return text !== null && Object.keys(object).length === 1 && /^-?(?:\d+|NaN|Infinity)$/.test(text) ? text : null;
}
