/** Timecode as editors type it: "1200" is 00:00:12:00, "+48" two seconds on, "-1." a second back, and a label in full. Pure. */
import { nominalRate, parseTimecode } from '../../app/domain/timecode.ts';
import type { Rational } from '../../app/domain/rational.ts';

export type TypedPlace = {
  /** Label of the programme's first frame. */
  readonly startFrame: number;
  readonly rate: Rational;
  readonly dropFrame: boolean;
  /** Where the playhead stands, in frames of the programme. */
  readonly frame: number;
};

/** The programme's frame that is meant, which may lie outside it; null where it is no timecode. */
export function typedFrame(typed: string, { startFrame, rate, dropFrame, frame }: TypedPlace): number | null {
  const match = /^([+-]?)([\d:;.,]+)$/.exec(typed.trim());
  if (!match) return null;
  const [, sign = '', body = ''] = match;
  if (sign !== '') {
    const frames = relativeFrames(body, nominalRate(rate));
    return frames === null ? null : frame + (sign === '-' ? -frames : frames);
  }
  const label = parseTimecode(fullLabel(body, dropFrame) ?? body, rate, dropFrame);
  return label === null ? null : label - startFrame;
}

/** A bare number counts frames; two fields and more are a length of time. */
function relativeFrames(body: string, nominal: number): number | null {
  if (/^\d{1,7}$/.test(body)) return Number(body);
  const fields = body.split(/[:;.,]/).map(Number);
  if (fields.length > 4 || fields.some((field) => Number.isNaN(field))) return null;
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = fields.toReversed();
  return ((hours * 60 + minutes) * 60 + seconds) * nominal + frames;
}

/** Digits fill the label from its end; a dot stands for two zeros. */
function fullLabel(body: string, dropFrame: boolean): string | null {
  if (!/^[\d.]+$/.test(body)) return null;
  const digits = body.replaceAll('.', '00');
  if (digits.length > 8) return null;
  const [hours, minutes, seconds, frames] = digits.padStart(8, '0').match(/\d\d/g) ?? [];
  return `${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}${dropFrame ? ';' : ':'}${frames ?? ''}`;
}
