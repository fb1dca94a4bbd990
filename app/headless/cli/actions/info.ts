import { formatRational, type Rational } from '../../../domain/rational.ts';
import { formatTimecode } from '../../../domain/timecode.ts';
import type { Diagnostic } from '../../../interchange/document.ts';
import { labelOf } from '../../../interchange/formats.ts';
import { summarise, type TrackSummary } from '../../../interchange/summary.ts';
import { openTimeline } from '../../../services/interchange/open-timeline.ts';
import { formatSeconds, makeOutput, printable } from '../output.ts';
import { sourceRateOf, type TimelineOptions } from '../timeline-options.ts';

const mostShown = 20;

/** What a timeline holds. Diagnostics are no failure. */
export async function infoAction(path: string, options: TimelineOptions): Promise<number> {
  const sourceRate = sourceRateOf(options);
  const output = makeOutput(options.json);
  const { document, events, diagnostics, format, path: opened } = await openTimeline(path, { sourceRate });
  const { rate, tracks } = summarise(document);
  output.event({
    format, rate: rate && `${rate.num}/${rate.den}`, events,
    tracks: tracks.map(({ kind, clips, gaps, transitions, frames }) => ({ kind, clips, gaps, transitions, frames })), diagnostics,
  });
  const { start } = document;
  output.line(`${printable(opened)}  ${labelOf(format)}`);
  output.line(`  ${[
    ...(document.name === '' ? [] : [JSON.stringify(document.name)]), document.rate ? `${formatRational(document.rate)} fps` : 'no frame rate told',
    ...(start ? [`starts at ${formatTimecode(start.frame, start.rate, start.dropFrame)}`] : []), counted(events, 'event'),
    ...(document.markers.length > 0 ? [counted(document.markers.length, 'marker')] : []),
  ].join(', ')}`);
  for (const [index, track] of tracks.entries()) output.line(`  ${trackLine(track, index, rate)}`);
  for (const line of diagnosticLines(diagnostics)) output.line(`  note     ${line}`);
  return 0;
}

function trackLine(track: TrackSummary, index: number, rate: Rational | null): string {
  const parts = [
    counted(track.clips, 'clip'), ...(track.gaps > 0 ? [counted(track.gaps, 'gap')] : []), ...(track.transitions > 0 ? [counted(track.transitions, 'transition')] : []),
    ...(track.stacks > 0 ? [counted(track.stacks, 'nested timeline')] : []),
    track.frames === null ? 'length not told' : `${counted(track.frames, 'frame')}${rate ? ` (${formatSeconds((track.frames * rate.den) / rate.num)})` : ''}`,
    ...(track.isEnabled ? [] : ['disabled']),
  ];
  return `${String(index + 1).padStart(2)} ${track.kind === 'video' ? 'picture' : 'sound  '}${track.name === '' ? '' : ` ${JSON.stringify(track.name)}`}  ${parts.join(', ')}`;
}

/** For people: the first ones, with their places. */
export function diagnosticLines(diagnostics: readonly Diagnostic[]): string[] {
  const lines = diagnostics.slice(0, mostShown).map(({ line, element, message }) => (
    printable([...(line === null ? [] : [`line ${line}`]), ...(element === null ? [] : [element])].join(', ').concat(line === null && element === null ? '' : ': ', message))
  ));
  return diagnostics.length > mostShown ? [...lines, `and ${diagnostics.length - mostShown} more (--json lists all)`] : lines;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
