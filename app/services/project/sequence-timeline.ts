/** The project's sequence where a timeline file would stand: written as one, compared with others, and what changed written as one. */
import { basename, dirname } from 'node:path';
import { StringoutError } from '../../base/errors.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import { countLabelAt } from '../../domain/timecode.ts';
import type { Rational } from '../../domain/rational.ts';
import { formatToWrite } from '../../interchange/formats.ts';
import { sequenceDocument } from '../../interchange/sequence-document.ts';
import { checkPlace, refuseSources } from '../assembly/target.ts';
import { changedTimeline, diffTimelines, type TimelineDiff } from '../interchange/diff-timelines.ts';
import { openTimeline, type OpenedTimeline } from '../interchange/open-timeline.ts';
import { saveTimeline, type SavedTimeline } from '../interchange/save-timeline.ts';
import type { ProjectSession } from './project-session.ts';

/** Paths of timeline files; null is the project's sequence. `handles`: frames that exist beyond the old ranges; null: as the old cut tells. */
export type CutChoice = { readonly old: string | null; readonly now: string | null; readonly handles: number | null };

export type ComparedCuts = { readonly diff: TimelineDiff; readonly old: OpenedTimeline; readonly now: OpenedTimeline };

/** Lists that tell no rate count at the sequence's. Throws what reading a timeline throws. */
export async function compareCuts(session: ProjectSession, { old, now, handles }: CutChoice): Promise<ComparedCuts> {
  const { state } = session;
  const sourceRate = state.sequence.isRateSet ? state.sequence.rate : null;
  const open = (path: string | null): Promise<OpenedTimeline> | OpenedTimeline => (path === null ? openedSequence(session.store.path, state) : openTimeline(path, { sourceRate }));
  const opened = { old: await open(old), now: await open(now) };
  return { ...opened, diff: diffTimelines(opened.old.document, opened.now.document, handles) };
}

/** The new cut with nothing but what changed. Throws `list.invalid` where nothing did, `usage` for bundles, and what `saveTimeline` throws. */
export async function saveChanges(session: ProjectSession, choice: CutChoice, output: string): Promise<SavedTimeline> {
  refuseBundle(output);
  const { old, now, diff } = await compareCuts(session, choice);
  const document = changedTimeline(now.document, diff);
  if (document.tracks.length === 0) throw new StringoutError('list.invalid', 'the new cut has nothing that changed: there is nothing to write');
  await refuseSources(await checkPlace(output, 'timeline'), [old.path], 'timeline');
  return saveTimeline({ ...now, document }, output);
}

/** Throws `usage` for bundles, and what `saveTimeline` throws. */
export async function exportSequence(session: ProjectSession, output: string): Promise<SavedTimeline> {
  refuseBundle(output);
  return saveTimeline(openedSequence(session.store.path, session.state), output);
}

/** Label of the cut's first frame, counted at the rate at which its clips are. */
export function startOf({ document: { start } }: OpenedTimeline, rate: Rational): { readonly frame: number; readonly dropFrame: boolean } {
  return start ? countLabelAt(start, rate) : { frame: 0, dropFrame: false };
}

/** Copying media is no matter of a moment. */
function refuseBundle(output: string): void {
  if (formatToWrite(output).packing !== 'plain') throw new StringoutError('usage', 'a bundle takes its media along: write .otio or .fcpxml, and let `stringout convert` make the bundle', { file: output });
}

function openedSequence(path: string, state: ProjectState): OpenedTimeline {
  const document = sequenceDocument(state);
  const name = document.name === '' ? basename(path, '.stringout') : document.name;
  return { document: { ...document, name }, events: state.clips.size, diagnostics: [], path, format: 'otio', mediaFolder: dirname(path) };
}
