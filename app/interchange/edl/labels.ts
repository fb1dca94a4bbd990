/** Timecodes as an EDL writes them. Its rate is unknown at first, so a label is taken apart before it is counted. */
import type { Rational } from '../../domain/rational.ts';
import { droppedLabels, formatTimecode, nominalRate, parseTimecode } from '../../domain/timecode.ts';

export type Timecode = {
  readonly kind: 'timecode';
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly frames: number;
  /** `;`, `,` or `.` stands before the frames. */
  readonly isDrop: boolean;
};

/** Some lists give sources as frame numbers. */
export type FrameNumber = { readonly kind: 'frame'; readonly frame: number };
export type Label = Timecode | FrameNumber;

export function parseTimecodeLabel(text: string): Timecode | null {
  const match = /^(\d{1,3})[:;.,](\d{2})[:;.,](\d{2})([:;.,])(\d{2,3})$/.exec(text);
  if (!match) return null;
  const [, hours, minutes, seconds, separator, frames] = match;
  return { kind: 'timecode', hours: Number(hours), minutes: Number(minutes), seconds: Number(seconds), frames: Number(frames), isDrop: separator !== ':' };
}

export function parseLabel(text: string): Label | null {
  return /^\d{1,9}$/.test(text) ? { kind: 'frame', frame: Number(text) } : parseTimecodeLabel(text);
}

/** Seconds by the label's own fields, frames aside. */
export function labelSeconds(label: Timecode): number {
  return (label.hours * 60 + label.minutes) * 60 + label.seconds;
}

export function sameLabel(a: Label, b: Label): boolean {
  if (a.kind === 'frame' || b.kind === 'frame') return a.kind === 'frame' && b.kind === 'frame' && a.frame === b.frame;
  return labelSeconds(a) === labelSeconds(b) && a.frames === b.frames;
}

/** `problem`: why it is no label at that rate, and what it was counted as; else null. */
export type Counted = { readonly frame: number; readonly problem: string | null };

/** Frames from 00:00:00:00. `isDrop` says that labels written with `:` are drop-frame too. Never fails: what is no label is counted as it stands. */
export function countLabel(label: Label, rate: Rational, isDrop: boolean): Counted {
  if (label.kind === 'frame') return { frame: label.frame, problem: null };
  const nominal = nominalRate(rate);
  const canDrop = droppedLabels(nominal) > 0;
  const text = labelText(label, canDrop);
  const frame = parseTimecode(text, rate, isDrop);
  if (frame !== null) {
    return { frame, problem: label.isDrop && !canDrop ? `${labelText(label, true)} is drop-frame, which ${nominal} frames a second do not have: counted without` : null };
  }
  const counted = (labelSeconds(label) * nominal) + label.frames;
  if (label.frames >= nominal) return { frame: counted, problem: `${text} has a frame past ${nominal} a second: counted on` };
  if (label.minutes > 59 || label.seconds > 59) return { frame: counted, problem: `${text} has more than 59 minutes or seconds: counted on` };
  const next = parseTimecode(labelText({ ...label, frames: droppedLabels(nominal) }, true), rate, true) ?? counted;
  return { frame: next, problem: `${text} is a label that drop-frame skips: counted as the next one` };
}

function labelText(label: Timecode, canDrop: boolean): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(label.hours)}:${two(label.minutes)}:${two(label.seconds)}${label.isDrop && canDrop ? ';' : ':'}${two(label.frames)}`;
}

/** Frames in 24 hours of labels. */
export function framesInDay(rate: Rational, isDrop: boolean): number {
  return parseTimecode('24:00:00:00', rate, isDrop) ?? 0;
}

/** As a list has it: never negative, which no list can say. */
export function labelOf(frame: number, rate: Rational, isDrop: boolean): string {
  const day = framesInDay(rate, isDrop);
  return formatTimecode(frame < 0 ? ((frame % day) + day) % day : frame, rate, isDrop);
}
