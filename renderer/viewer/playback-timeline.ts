/** The sequence as the player wants it: what is seen and what is heard, flattened. */
import { flattenPicture } from '../../app/domain/edits/flatten.ts';
import { programmeLength, soundClips } from '../../app/domain/edits/programme.ts';
import type { ProjectState } from '../../app/domain/project/project.ts';
import type { PlaybackTimeline } from '../player/player-messages.ts';

/** Clips whose media cannot be had are black and silent. */
export function playbackTimeline(state: ProjectState): PlaybackTimeline {
  const isReady = (shotId: number): boolean => state.shots.get(shotId)?.status === 'ready';
  return {
    rate: state.sequence.rate, frames: programmeLength(state),
    picture: flattenPicture(state).filter(({ shotId }) => isReady(shotId)).map(({ start, length, shotId, sourceIn }) => ({ start, length, shotId, sourceIn })),
    sound: soundClips(state).filter(({ shotId }) => isReady(shotId)).map(({ start, length, shotId, sourceIn, gain }) => ({ start, length, shotId, sourceIn, gain })),
  };
}
