/** The slate before an export: what it is, how long, when it was made. */
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { programmeLength } from '../../domain/edits/programme.ts';
import { secondsToFrames } from '../../domain/plan/resolve-clip.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import { formatRational } from '../../domain/rational.ts';
import { formatTimecode } from '../../domain/timecode.ts';
import type { Leader } from '../assembly/options.ts';

const slateSeconds = 2;

export function slateOf(state: ProjectState, title: string, { range, rate: asked }: ExportSettings): Leader {
  const { startFrame, rate, dropFrame } = state.sequence;
  const from = range?.from ?? 0;
  const to = Math.min(range?.to ?? Infinity, programmeLength(state));
  const label = (frame: number): string => formatTimecode(frame, rate, dropFrame);
  const movieRate = asked ?? rate;
  return {
    frames: secondsToFrames(slateSeconds, movieRate),
    lines: [title, `${label(startFrame + from)} - ${label(startFrame + to)}`, `${label(to - from)} at ${formatRational(movieRate)}`, new Date().toISOString().slice(0, 16).replace('T', ' ')],
  };
}
