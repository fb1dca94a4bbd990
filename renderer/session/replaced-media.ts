/** Shots that have another file, or another content in it, than a moment ago: what was fetched of them is no longer theirs. Pure. */
import type { ProjectState, ShotId } from '../../app/domain/project/project.ts';

export function replacedMedia(before: ProjectState['shots'], now: ProjectState['shots']): readonly ShotId[] {
  if (before === now) return [];
  const replaced: ShotId[] = [];
  for (const [id, { path, media }] of before) {
    const other = now.get(id);
    if (other && other.media !== media && media && (other.path !== path || other.media?.fingerprint !== media.fingerprint)) replaced.push(id);
  }
  return replaced;
}
