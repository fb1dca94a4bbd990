import { changeStates, type ClipChange, type CutClip } from '../../../domain/diff/model.ts';
import { formatRational, type Rational } from '../../../domain/rational.ts';
import { formatTimecode } from '../../../domain/timecode.ts';
import type { StartLabel } from '../../../domain/timeline.ts';
import { labelOf } from '../../../interchange/formats.ts';
import { changedTimeline, diffTimelines } from '../../../services/interchange/diff-timelines.ts';
import { openTimeline } from '../../../services/interchange/open-timeline.ts';
import { saveTimeline } from '../../../services/interchange/save-timeline.ts';
import { makeOutput, printable } from '../output.ts';
import { sourceRateOf, type TimelineOptions } from '../timeline-options.ts';
import { diagnosticLines } from './info.ts';

export type DiffOptions = TimelineOptions & { readonly output?: string; readonly handles?: number };

/** What changed is no failure. */
export async function diffAction(oldPath: string, newPath: string, options: DiffOptions): Promise<number> {
  const sourceRate = sourceRateOf(options);
  const output = makeOutput(options.json);
  const [old, now] = [await openTimeline(oldPath, { sourceRate }), await openTimeline(newPath, { sourceRate })];
  const diff = diffTimelines(old.document, now.document, options.handles ?? null);
  for (const warning of diff.warnings) output.warn(warning);
  for (const change of diff.changes) {
    output.event(describe(change));
    if (change.state !== 'unchanged') output.line(lineOf(change, diff.rates, old.document.start, now.document.start));
  }
  const saved = options.output === undefined ? null : await saveTimeline({ ...now, document: changedTimeline(now.document, diff) }, options.output);
  output.event({
    event: 'diff', old: old.path, new: now.path, oldRate: formatRational(diff.rates.old), newRate: formatRational(diff.rates.now), counts: diff.counts,
    output: saved?.path ?? null, losses: saved?.losses ?? [], diagnostics: { old: old.diagnostics, new: now.diagnostics },
  });
  const counts = changeStates.flatMap((state) => (diff.counts[state] ? [`${diff.counts[state]} ${words[state]}`] : []));
  output.line(counts.length === 0 ? 'no clips' : counts.join(', '));
  if (saved) output.line(`${printable(saved.path)}  ${labelOf(saved.format)}`);
  if (options.json) return 0;
  for (const [which, { diagnostics }] of [['old', old], ['new', now]] as const) for (const line of diagnosticLines(diagnostics)) process.stderr.write(`note: ${which}: ${line}\n`);
  for (const { element, message } of saved?.losses ?? []) process.stderr.write(`lost: ${printable(element)}: ${printable(message)}\n`);
  return 0;
}

const words: Readonly<Record<ClipChange['state'], string>> = {
  new: 'new', omitted: 'omitted', reinstated: 'reinstated', moved: 'moved', extended: 'extended', trimmed: 'trimmed', rescan: 'rescan', unchanged: 'unchanged', noLink: 'no link',
};

function describe({ state, before, after, head, tail, shift, reason }: ClipChange): Record<string, unknown> {
  return { event: 'clip', state, name: (after ?? before)?.name ?? '', kind: (after ?? before)?.kind, old: before && sideOf(before), new: after && sideOf(after), head, tail, shift, reason };
}

function sideOf({ track, start, length, reel, address, fileNames, range }: CutClip): Record<string, unknown> {
  return { track: track + 1, start, length, media: address || fileNames[0] || '', reel, in: range?.start ?? null, out: range && range.start + range.duration, rate: range && formatRational(range.rate) };
}

function lineOf({ state, before, after, reason }: ClipChange, rates: { old: Rational; now: Rational }, oldStart: StartLabel | null, newStart: StartLabel | null): string {
  const clip = after ?? before;
  const [rate, label] = after ? [rates.now, newStart] : [rates.old, oldStart];
  const place = clip ? formatTimecode(clip.start + (label?.frame ?? 0), rate, label?.dropFrame) : '';
  return `${words[state].padEnd(10)} ${clip?.kind === 'sound' ? 'A' : 'V'}${(clip?.track ?? 0) + 1} ${place}  ${printable(clip?.name ?? '')}  (${printable(reason)})`;
}
