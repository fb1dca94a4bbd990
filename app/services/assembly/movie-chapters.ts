/** Chapters of the timeline as those of the movie: at its rate, within its range, the first at its first frame. */
import type { Chapter } from '../../domain/movie.ts';
import { positionOnTimeline } from '../../domain/plan/resolve-clip.ts';
import type { Plan } from '../../domain/plan/planned-clip.ts';
import { atRate, type Rational } from '../../domain/rational.ts';
import type { AssemblyOptions } from './options.ts';

export function movieChapters(plan: Plan, timelineRate: Rational | null, { chapters = [], range, leader }: Pick<AssemblyOptions, 'chapters' | 'range' | 'leader'>): readonly Chapter[] {
  const { rate, start } = plan.profile;
  const before = leader?.frames ?? 0;
  const from = (range ? positionOnTimeline(range.in, rate, { ...start, frame: start.frame + before }) ?? 0 : 0) - before;
  const inMovie = new Map<number, string>();
  for (const { frame, title } of chapters.toSorted((a, b) => a.frame - b.frame)) {
    const at = atRate(frame, timelineRate ?? rate, rate) - from;
    // What runs when the range begins is the chapter that it begins with.
    if (at < plan.frames) inMovie.set(Math.max(before, at), title);
  }
  const ordered = [...inMovie].map(([frame, title]): Chapter => ({ frame, title }));
  const [first] = ordered;
  return first && first.frame > 0 ? [{ frame: 0, title: '' }, ...ordered] : ordered;
}
