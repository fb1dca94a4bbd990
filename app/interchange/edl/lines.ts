/** The lines of a CMX3600 list, each told apart from the others. Columns are not relied on: every dialect pads its own way. */
import { parseLabel, parseTimecodeLabel, type Label, type Timecode } from './labels.ts';

export type EditLine = {
  readonly kind: 'edit';
  readonly line: number;
  /** As written: its zeros tell the dialect. */
  readonly number: string;
  readonly reel: string;
  readonly channels: string;
  /** `C`, `D`, `W001`, `K`, `KB`, `KO`. */
  readonly transition: string;
  /** Frames of the transition; 0 for a cut. */
  readonly length: number;
  readonly sourceIn: Label;
  readonly sourceOut: Label;
  readonly recordIn: Timecode;
  readonly recordOut: Timecode;
  /** The source in as written. */
  readonly sourceInText: string;
  /** What is odd about the line, and what was made of it. */
  readonly problems: readonly string[];
};

/** `M2`: source frames a second, as an exact decimal num/den. */
export type SpeedLine = { readonly kind: 'speed'; readonly line: number; readonly reel: string; readonly num: number; readonly den: number; readonly at: Label | null; readonly text: string };

export type EdlLine =
  | EditLine
  | SpeedLine
  | { readonly kind: 'title'; readonly line: number; readonly text: string }
  | { readonly kind: 'mode'; readonly line: number; readonly isDrop: boolean }
  | { readonly kind: 'sound'; readonly line: number; readonly channels: readonly number[] }
  | { readonly kind: 'effect'; readonly line: number; readonly name: string }
  | { readonly kind: 'resolve'; readonly line: number; readonly color: string; readonly name: string; readonly length: number }
  | { readonly kind: 'source'; readonly line: number; readonly text: string }
  /** `content` is what follows the star; without a star, the line. */
  | { readonly kind: 'comment'; readonly line: number; readonly text: string; readonly content: string; readonly isStarred: boolean };

/** Empty lines, and the fill behind an old file's end, are left out. */
export function readLines(text: string): EdlLine[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/).flatMap((raw, index) => {
    // oxlint-disable-next-line no-control-regex -- CP/M's end of file fills the last block of lists that DOS wrote
    const whole = raw.replaceAll(/[\u0000\u001a]/g, '');
    return whole.trim() === '' ? [] : [readLine(whole, index + 1)];
  });
}

function readLine(whole: string, line: number): EdlLine {
  const text = whole.trim();
  if (/^\d/.test(text)) {
    const edit = readEdit(text, line);
    if (edit) return edit;
  }
  const title = /^TITLE\s*:(.*)$/i.exec(text);
  if (title) return { kind: 'title', line, text: (title[1] ?? '').trim() };
  const mode = /^FCM\s*:\s*(NON)?[\s_-]*DROP/i.exec(text);
  if (mode) return { kind: 'mode', line, isDrop: mode[1] === undefined };
  if (/^M2\s/i.test(text)) {
    const speed = readSpeed(text, line);
    if (speed) return speed;
  }
  if (/^AUD(?:\s+\d{1,2})+$/i.test(text)) return { kind: 'sound', line, channels: (text.match(/\d+/g) ?? []).map(Number) };
  const effect = /^EFFECTS? NAME IS\s+(.+)$/i.exec(text);
  if (effect) return { kind: 'effect', line, name: effect[1] ?? '' };
  const resolve = /^\|C:(\S*)\s*\|M:(.*?)\s*\|D:(\d{1,9})$/.exec(text);
  if (resolve) return { kind: 'resolve', line, color: resolve[1] ?? '', name: resolve[2] ?? '', length: Number(resolve[3]) };
  if (text.startsWith('>>>')) return { kind: 'source', line, text };
  const star = /^\s*\*\s?(.*)$/.exec(whole);
  return star
    ? { kind: 'comment', line, text, content: star[1] ?? '', isStarred: true }
    : { kind: 'comment', line, text, content: text, isStarred: false };
}

/** Number, reel, channels, transition and its length, four times: found from the times backwards, for a reel may hold anything. */
function readEdit(text: string, line: number): EditLine | null {
  const words = text.split(/\s+/);
  for (let i = 2; i + 3 < words.length; i++) {
    const [a = '', b = '', c = '', d = ''] = words.slice(i, i + 4);
    const recordIn = parseTimecodeLabel(c);
    const recordOut = parseTimecodeLabel(d);
    const sourceIn = parseLabel(a);
    const sourceOut = parseLabel(b);
    if (!recordIn || !recordOut || !sourceIn || sourceIn.kind !== sourceOut?.kind) continue;
    return { kind: 'edit', line, sourceIn, sourceOut, recordIn, recordOut, sourceInText: a, ...readHead(words.slice(0, i)) };
  }
  return null;
}

const channelPattern = /^(?:NONE|(?:[VAB]\d*|AA|\/)+)$/i;

function readHead(words: readonly string[]): Pick<EditLine, 'number' | 'reel' | 'channels' | 'transition' | 'length' | 'problems'> {
  const problems: string[] = [];
  const rest = words.slice(1);
  let length = 0;
  if (/^\d{1,5}$/.test(rest.at(-1) ?? '') && /^(?:D|W\d*|K[BO]?|[BO])$/i.test(rest.at(-2) ?? '')) length = Number(rest.pop());
  let transition = 'C';
  if (/^[BO]$/i.test(rest.at(-1) ?? '') && /^K$/i.test(rest.at(-2) ?? '')) transition = rest.splice(-2).join('').toUpperCase();
  else if (/^(?:C|D|W\d*|K[BO]?)$/i.test(rest.at(-1) ?? '')) transition = (rest.pop() ?? 'C').toUpperCase();
  else problems.push('names no transition: read as a cut');
  let channels = 'V';
  if (rest.length > 1 || channelPattern.test(rest[0] ?? '')) channels = (rest.pop() ?? 'V').toUpperCase();
  else problems.push('names no channel: read as picture');
  if (!channelPattern.test(channels)) {
    problems.push(`the channel ${channels} is not known: read as picture`);
    channels = 'V';
  }
  return { number: words[0] ?? '', reel: rest.join(' '), channels, transition, length, problems };
}

function readSpeed(text: string, line: number): SpeedLine | null {
  const words = text.split(/\s+/).slice(1);
  const at = parseTimecodeLabel(words.at(-1) ?? '');
  if (at) words.pop();
  const match = /^([+-]?)(\d{1,9})(?:\.(\d{1,6}))?$/.exec(words.pop() ?? '');
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const num = Number(whole + fraction);
  return { kind: 'speed', line, reel: words.join(' '), num: sign === '-' && num !== 0 ? -num : num, den: 10 ** fraction.length, at, text };
}
