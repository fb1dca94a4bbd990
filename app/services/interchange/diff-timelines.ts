/** Two timelines of any formats compared, and the new one with nothing but what changed. */
import { diffCuts, type Cut } from '../../domain/diff/diff-cuts.ts';
import type { ChangeState, ClipChange } from '../../domain/diff/model.ts';
import type { Rational } from '../../domain/rational.ts';
import { onlyClips } from '../../interchange/changed-only.ts';
import { cutClips } from '../../interchange/cut-clips.ts';
import type { TimelineDocument } from '../../interchange/document.ts';

export type TimelineDiff = {
  readonly changes: readonly ClipChange[];
  readonly counts: Readonly<Partial<Record<ChangeState, number>>>;
  /** Of the cuts, for labels. */
  readonly rates: { readonly old: Rational; readonly now: Rational };
  readonly warnings: readonly string[];
};

/** `handles`: frames that exist beyond the old ranges; null: what the old timeline says of its media. */
export function diffTimelines(old: TimelineDocument, now: TimelineDocument, handles: number | null): TimelineDiff {
  const [before, after] = [cutClips(old), cutClips(now)];
  const warnings: string[] = [];
  // A list of pictures alone says nothing about the sound.
  const kinds = (['picture', 'sound'] as const).filter((kind) => {
    const [had, has] = [before, after].map(({ clips }) => clips.some((clip) => clip.kind === kind));
    if (had !== has && before.clips.length > 0 && after.clips.length > 0) warnings.push(`only the ${had ? 'old' : 'new'} timeline has ${kind}: it is not compared`);
    return had === has || before.clips.length === 0 || after.clips.length === 0;
  });
  const of = ({ rate, clips }: Cut): Cut => ({ rate, clips: clips.filter(({ kind }) => kinds.includes(kind)) });
  const changes = diffCuts(of(before), of(after), handles);
  const counts = Object.fromEntries([...Map.groupBy(changes, ({ state }) => state)].map(([state, all]) => [state, all.length]));
  return { changes, counts, rates: { old: before.rate, now: after.rate }, warnings };
}

/** The new timeline's clips that changed, where they stand; what was omitted is in no timeline any more. */
export function changedTimeline(now: TimelineDocument, { changes }: TimelineDiff): TimelineDocument {
  const changed = changes.flatMap(({ state, after }) => (after && state !== 'unchanged' && state !== 'omitted' ? [after.index] : []));
  return onlyClips(now, new Set(changed));
}
