/** The sequence beside timelines of other editors: compared with them, and written as one. */
import type { CutChoice } from '../contract/editor/compare.ts';
import type { CommandOutput } from '../contract/editor/commands.ts';
import type { ClipChange, CutClip } from '../domain/diff/model.ts';
import type { Rational } from '../domain/rational.ts';
import { labelOf } from '../interchange/formats.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import type { OpenedTimeline } from '../services/interchange/open-timeline.ts';
import type { SavedTimeline } from '../services/interchange/save-timeline.ts';
import { compareCuts, exportSequence, saveChanges, startOf } from '../services/project/sequence-timeline.ts';
import type { OpenProject } from './open-project.ts';
import type { Roots } from './roots.ts';

type Comparison = CommandOutput<'cuts.compare'>;

export function compareHandlers({ session }: OpenProject, roots: Roots): Pick<Handlers, 'timeline.export' | 'cuts.compare' | 'cuts.saveChanges'> {
  const allowed = async ({ old, now, handles }: CutChoice): Promise<CutChoice> => ({
    old: old === null ? null : await roots.allow(old), now: now === null ? null : await roots.allow(now), handles,
  });
  return {
    'timeline.export': async ({ output }) => answerOf(await exportSequence(session, await roots.allow(output))),
    'cuts.compare': async ({ cuts }) => {
      const choice = await allowed(cuts);
      const { old, now, diff } = await compareCuts(session, choice);
      return {
        old: cutOf(old, choice.old, diff.rates.old), now: cutOf(now, choice.now, diff.rates.now), warnings: diff.warnings, rows: diff.changes.map(rowOf),
      };
    },
    'cuts.saveChanges': async ({ cuts, output }) => answerOf(await saveChanges(session, await allowed(cuts), await roots.allow(output))),
  };
}

function answerOf({ path, format, losses }: SavedTimeline): CommandOutput<'timeline.export'> {
  return { path, format: labelOf(format), losses };
}

function cutOf(opened: OpenedTimeline, path: string | null, rate: Rational): Comparison['old'] {
  const start = startOf(opened, rate);
  const notes = opened.diagnostics.map(({ line, element, message }) => `${line === null ? element ?? '' : `line ${line}`}${line === null && element === null ? '' : ': '}${message}`);
  return { name: opened.document.name, format: path === null ? '' : labelOf(opened.format), rate, startFrame: start.frame, isDropFrame: start.dropFrame, notes };
}

function rowOf({ state, before, after, head, tail, shift, reason }: ClipChange): Comparison['rows'][number] {
  const clip = after ?? before;
  const place = (side: CutClip | null): Comparison['rows'][number]['old'] => side && { start: side.start, length: side.length };
  return {
    state, name: clip?.name ?? '', track: clip ? `${clip.kind === 'sound' ? 'A' : 'V'}${clip.track + 1}` : '', old: place(before), now: place(after), head, tail, shift, reason,
  };
}
