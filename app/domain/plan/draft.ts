/** What is decided of a clip before its cost is counted. */
import type { Picture } from '../source.ts';
import type { PictureAction } from './planned-clip.ts';

export type Draft = {
  readonly firstFrame: number;
  readonly frames: number;
  /** Null: black. */
  readonly picture: Picture | null;
  /** Why nothing is copied. */
  readonly reason: string | null;
  readonly ranks: Uint32Array;
  readonly actions: readonly PictureAction[];
};
