/** An EDL tells no frame rate: what its labels count at, and which of them are drop-frame, follows from the labels themselves. */
import { parseRate } from '../../domain/frame-rates.ts';
import { formatRational, rational, type Rational } from '../../domain/rational.ts';
import { droppedLabels, nominalRate } from '../../domain/timecode.ts';
import { countLabel, labelSeconds, type Label, type Timecode } from './labels.ts';
import type { EdlEvent, EdlText } from './events.ts';

export type Clock = {
  /** Of the record. */
  readonly rate: Rational;
  /** Record labels are drop-frame. */
  readonly isDrop: boolean;
  /** FCM speaks for sources written with `:`; false: their durations, or labels that drop-frame skips, show that it does not. */
  readonly coversSources: boolean;
  readonly notes: readonly string[];
};

const nominals = [24, 25, 30, 50, 60, 100, 120, 240];

/** `asked`: the rate the user tells; null: guessed. */
export function findClock(text: EdlText, asked: Rational | null): Clock {
  const timed = text.events.map(({ edit }) => edit);
  const records = timed.flatMap((edit) => [edit.recordIn, edit.recordOut]);
  const declared = text.isDrop === true || records.some((label) => label.isDrop);
  const highest = records.reduce((most, label) => Math.max(most, label.frames), 0);
  const notes: string[] = [];
  const own = asked ?? (text.rate === null ? null : parseRate(text.rate));
  let rate: Rational;
  if (own && nominalRate(own) > highest) {
    rate = own;
  } else {
    const guess = guessNominal(text.events, highest, declared);
    const isBroadcast = declared && droppedLabels(guess.nominal) > 0;
    rate = isBroadcast ? rational(guess.nominal * 1000, 1001) : rational(guess.nominal);
    const why = isBroadcast && guess.nominal === 30 ? 'its labels are drop-frame' : guess.why;
    notes.push(own
      ? `frames are counted up to ${highest}, so the rate is not ${formatRational(own)}: read at ${formatRational(rate)}`
      : `the list tells no frame rate: read at ${formatRational(rate)}, for ${why}`);
  }
  const isDrop = declared && droppedLabels(nominalRate(rate)) > 0;
  const modes = findModes(text.events, rate, isDrop, records.some((label) => label.isDrop));
  if (isDrop && !modes.isDrop) notes.push('FCM says drop-frame, but the durations add up only without: read as non-drop-frame');
  else if (isDrop && !modes.coversSources) notes.push('FCM says drop-frame, but the sources add up only without: record labels are read as drop-frame, sources as non-drop-frame');
  return { rate, isDrop: modes.isDrop, coversSources: modes.coversSources, notes };
}

/**
 * The lowest rate that has all record labels; a higher one where more source durations equal their record durations at it: spans that cross
 * a different number of seconds agree at one rate only.
 */
function guessNominal(events: readonly EdlEvent[], highest: number, isDrop: boolean): { nominal: number; why: string } {
  const fitting = nominals.filter((nominal) => nominal > highest && (!isDrop || droppedLabels(nominal) > 0));
  const lowest = fitting[0] ?? 240;
  const spans = events.filter(({ comments }) => comments.speeds.length === 0).map(({ edit }) => edit)
    .flatMap(({ sourceIn, sourceOut, recordIn, recordOut }) => (sourceIn.kind === 'frame' || sourceOut.kind === 'frame' ? [] : [{ sourceIn, sourceOut, recordIn, recordOut }]));
  const agreeing = (nominal: number): number => spans.filter((span) => {
    if (Math.max(span.sourceIn.frames, span.sourceOut.frames) >= nominal) return false;
    return plainSpan(span.sourceIn, span.sourceOut, nominal) === plainSpan(span.recordIn, span.recordOut, nominal);
  }).length;
  const base = agreeing(lowest);
  const hasHigher = spans.some((span) => Math.max(span.sourceIn.frames, span.sourceOut.frames) >= lowest);
  const better = isDrop ? [] : fitting.slice(1).map((nominal) => ({ nominal, count: agreeing(nominal) })).toSorted((a, b) => b.count - a.count || a.nominal - b.nominal);
  const best = better[0];
  // Where most edits are a frame off, the next rate up or down agrees by chance.
  const isClear = best && best.count * 2 > spans.length && best.count > base + (hasHigher ? 0 : 1);
  if (isClear) return { nominal: best.nominal, why: 'sources and record agree at it' };
  return { nominal: lowest, why: lowest === 24 ? 'nothing in it says otherwise' : `its record labels count frames up to ${highest}` };
}

function plainSpan(from: Timecode, to: Timecode, nominal: number): number {
  return (labelSeconds(to) - labelSeconds(from)) * nominal + to.frames - from.frames;
}

/** Under `FCM: DROP FRAME` labels are often written with `:`; whether it speaks for record and source shows in which reading makes more edits add up. */
function findModes(events: readonly EdlEvent[], rate: Rational, isDrop: boolean, isMarked: boolean): { isDrop: boolean; coversSources: boolean } {
  if (!isDrop) return { isDrop: false, coversSources: false };
  const score = (record: boolean, source: boolean): number => events.reduce((sum, { edit, isDrop: covers, comments }) => {
    if (comments.speeds.length > 0) return sum;
    const from = countSpan(edit.sourceIn, edit.sourceOut, rate, source && covers);
    const to = countSpan(edit.recordIn, edit.recordOut, rate, record);
    return sum + (from.frames === to.frames ? 1 : 0) - from.broken - to.broken;
  }, 0);
  const both = { isDrop: true, coversSources: true, score: score(true, true) };
  const others = [{ isDrop: true, coversSources: false, score: score(true, false) }];
  if (!isMarked) others.push({ isDrop: false, coversSources: false, score: score(false, false) });
  return others.reduce((best, next) => (next.score > best.score ? next : best), both);
}

function countSpan(from: Label, to: Label, rate: Rational, isDrop: boolean): { frames: number; broken: number } {
  const start = countLabel(from, rate, isDrop);
  const end = countLabel(to, rate, isDrop);
  return { frames: end.frame - start.frame, broken: (start.problem === null ? 0 : 1) + (end.problem === null ? 0 : 1) };
}
