/** Edits with the comments below them. Two lines make one event where the first is of no length and the second a dissolve or wipe. */
import { readSaturation, readSlopeOffsetPower, type Cdl } from '../cdl.ts';
import type { Diagnostic } from '../document.ts';
import { parseTimecodeLabel, sameLabel, type Timecode } from './labels.ts';
import type { EditLine, EdlLine, SpeedLine } from './lines.ts';

export type Comments = {
  fromName: string | null;
  toName: string | null;
  sourceFile: string | null;
  /** A path, of `FROM FILE` or Avid's `FROM CLIP`. */
  file: string | null;
  notes: string[];
  grade: Pick<Cdl, 'slope' | 'offset' | 'power'> | null;
  saturation: number | null;
  markers: EdlMarker[];
  effect: string | null;
  speeds: SpeedLine[];
  sound: number[];
  /** Rate of the source, as we write it. */
  sourceRate: string | null;
  /** Lines that are not understood, whole. */
  kept: string[];
};

/** `at`: on the record; null: at the edit's own in (Resolve). */
export type EdlMarker = { readonly at: Timecode | null; readonly color: string; readonly name: string; readonly length: number; readonly isResolve: boolean };

export type EdlEvent = {
  readonly edit: EditLine;
  /** The line of no length before a transition: where the outgoing picture is. */
  readonly from: EditLine | null;
  /** FCM as it stands for this edit's source. */
  readonly isDrop: boolean;
  readonly comments: Comments;
};

export type EdlText = {
  readonly title: string | null;
  /** FCM before the first edit; null: none. */
  readonly isDrop: boolean | null;
  readonly rate: string | null;
  readonly events: readonly EdlEvent[];
  /** Lines that describe an edit. */
  readonly edits: number;
  readonly header: readonly string[];
  readonly footer: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
};

export function readEvents(lines: readonly EdlLine[]): EdlText {
  const events: { edit: EditLine; from: EditLine | null; isDrop: boolean; comments: Comments }[] = [];
  const header: string[] = [];
  const footer: string[] = [];
  const diagnostics: Diagnostic[] = [];
  let title: string | null = null;
  let firstMode: boolean | null = null;
  let mode = false;
  let rate: string | null = null;
  let isFooter = false;
  let named: ((more: string) => void) | null = null;
  for (const line of lines) {
    const event = events.at(-1);
    const extend = named;
    named = null;
    switch (line.kind) {
      case 'edit':
        isFooter = false;
        for (const problem of line.problems) diagnostics.push({ line: line.line, element: line.number, message: problem });
        if (event && isOutgoing(event.edit, line) && !event.from) {
          event.from = event.edit;
          event.edit = line;
          event.isDrop = mode;
        } else {
          events.push({ edit: line, from: null, isDrop: mode, comments: emptyComments() });
        }
        break;
      case 'title':
        if (title === null) title = line.text;
        else diagnostics.push({ line: line.line, element: null, message: `another title, ${JSON.stringify(line.text)}: left out` });
        break;
      case 'mode':
        mode = line.isDrop;
        if (!event) firstMode ??= mode;
        break;
      case 'source':
        isFooter = true;
        footer.push(line.text);
        break;
      case 'comment': {
        const own = /^FRAME RATE\s*:\s*(\S+)\s*$/i.exec(line.content);
        if (own) rate = own[1] ?? null;
        else if (isFooter) footer.push(line.text);
        else if (!event) header.push(line.text);
        else if (extend && line.isStarred && !keyword.test(line.content)) extend(line.content);
        else named = readComment(line, event.comments, diagnostics);
        break;
      }
      default:
        if (event) addLine(line, event.comments, diagnostics);
        else diagnostics.push({ line: line.line, element: null, message: 'stands before the first edit: left out' });
    }
  }
  for (const { comments } of events) comments.kept = [...comments.kept.filter((text) => !isKeyword(text)), ...comments.kept.filter(isKeyword)];
  const edits = events.reduce((sum, event) => sum + (event.from ? 2 : 1), 0);
  return { title, isDrop: firstMode, rate, events, edits, header, footer, diagnostics };
}

/** A dissolve's first line has no length on the record, and ends where the dissolve begins. */
function isOutgoing(first: EditLine, second: EditLine): boolean {
  return /^[DW]/.test(second.transition) && !/^[DW]/.test(first.transition) && first.channels === second.channels
    && sameLabel(first.recordIn, first.recordOut) && sameLabel(first.recordOut, second.recordIn);
}

function emptyComments(): Comments {
  return {
    fromName: null, toName: null, sourceFile: null, file: null, notes: [], grade: null, saturation: null, markers: [], effect: null, speeds: [], sound: [], sourceRate: null, kept: [],
  };
}

/** Second names and the like: they stand behind the first when they are written, so that they are read as second again. */
export function isKeyword(text: string): boolean {
  return keyword.test(text.replace(/^\s*\*/, ''));
}

const keyword = /^\s*(?:FROM|TO|SOURCE|ASC[_ ]S|LOC|COMMENT|FRMC|PATCH|REPAIR|EFFECTS?|TIMEWARP|AUDIO LEVEL)/i;

function addLine(line: Exclude<EdlLine, { kind: 'edit' | 'title' | 'mode' | 'source' | 'comment' }>, comments: Comments, diagnostics: Diagnostic[]): void {
  switch (line.kind) {
    case 'speed':
      comments.speeds.push(line);
      break;
    case 'sound':
      comments.sound.push(...line.channels);
      break;
    case 'effect':
      if (comments.effect === null) comments.effect = line.name;
      else diagnostics.push({ line: line.line, element: null, message: 'a second effect of one event: left out' });
      break;
    default:
      comments.markers.push({ at: null, color: line.color, name: line.name, length: line.length, isResolve: true });
  }
}

/** Avid cuts a comment at 80 characters and goes on below a new star. */
const wrapsAt = { from: 78, to: 81 };

/** What is given back takes the rest of a name that goes on in the next comment. */
function readComment(line: Extract<EdlLine, { kind: 'comment' }>, comments: Comments, diagnostics: Diagnostic[]): ((more: string) => void) | null {
  const content = line.content.trim();
  const unpadded = line.content.replace(/ $/, '');
  const canWrap = line.isStarred && unpadded.length >= wrapsAt.from && unpadded.length <= wrapsAt.to;
  const name = /^(FROM CLIP NAME|TO CLIP NAME|SOURCE FILE|FROM FILE|FROM CLIP)\s*:\s*(.*)$/i.exec(content);
  const field = name ? nameFields[(name[1] ?? '').toUpperCase()] : undefined;
  const value = name?.[2] ?? '';
  if (field && comments[field] === null && value !== '' && value !== '(NULL)') {
    comments[field] = value;
    return canWrap ? (more) => { comments[field] = `${value}${unpadded.slice(unpadded.trimEnd().length)}${more}`.trim(); } : null;
  }
  const note = /^COMMENT\s*:\s*(.+)$/i.exec(content);
  const grade = /^ASC[_ ]SOP\s*:?\s*(.+)$/i.exec(content);
  const saturation = /^ASC[_ ]SAT\s*:?\s*(.+)$/i.exec(content);
  const marker = /^LOC\s*:\s*(\S+)\s*(.*)$/i.exec(content);
  const at = marker ? parseTimecodeLabel(marker[1] ?? '') : null;
  const rate = /^SOURCE RATE\s*:\s*(\S+)$/i.exec(content);
  if (note) comments.notes.push(note[1] ?? '');
  else if (rate && comments.sourceRate === null) comments.sourceRate = rate[1] ?? null;
  else if (grade && !comments.grade) comments.grade = readSlopeOffsetPower(grade[1] ?? '');
  else if (saturation && comments.saturation === null) comments.saturation = readSaturation(saturation[1] ?? '');
  else if (marker && at) comments.markers.push({ at, ...readMarkerText(marker[2] ?? ''), length: 1, isResolve: false });
  else return keep(line, comments, diagnostics);
  const isBroken = (grade && !comments.grade) || (saturation && comments.saturation === null);
  if (isBroken) {
    diagnostics.push({ line: line.line, element: null, message: 'an ASC CDL that cannot be read: kept as a comment' });
    comments.kept.push(line.text);
  }
  return null;
}

const nameFields: Readonly<Record<string, 'fromName' | 'toName' | 'sourceFile' | 'file'>> = {
  'FROM CLIP NAME': 'fromName', 'TO CLIP NAME': 'toName', 'SOURCE FILE': 'sourceFile', 'FROM FILE': 'file', 'FROM CLIP': 'file',
};

function keep(line: Extract<EdlLine, { kind: 'comment' }>, comments: Comments, diagnostics: Diagnostic[]): null {
  if (!line.isStarred && !/^(?:REM|FINAL CUT PRO|SPLIT|BLEND)\b/i.test(line.text)) {
    diagnostics.push({ line: line.line, element: null, message: `${JSON.stringify(line.text.slice(0, 60))} is not understood: kept as a comment` });
  }
  comments.kept.push(line.text);
  return null;
}

const markerColors = /^(?:RED|GREEN|BLUE|CYAN|MAGENTA|YELLOW|BLACK|WHITE|PINK|ORANGE|PURPLE|GREY|GRAY|BROWN|VIOLET|GOLD|MINT|DENIM|FOREST|LAVENDER|ROSE|SAND|LEMON|COCOA|CREAM|FUCHSIA|SKY|TEAL)\b/i;

function readMarkerText(text: string): { color: string; name: string } {
  const color = markerColors.exec(text)?.[0] ?? '';
  return { color, name: text.slice(color.length).trim() };
}
