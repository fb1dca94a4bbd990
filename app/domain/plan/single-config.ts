/**
 * MPEG-4 part 2 has one decoder configuration for a whole track: nothing in the samples says which of several holds, and decoders that
 * meet another one in band spoil the pictures after it. So either every clip is copied under the same one, or none is.
 */
import type { Picture } from '../source.ts';
import type { PictureAction } from './planned-clip.ts';

export type PictureDraft = { readonly picture: Picture | null; readonly actions: readonly PictureAction[] };

/** Null: what the drafts copy can stand. Otherwise why nothing can be copied. */
export function whyNoneIsCopied(codec: string, drafts: readonly PictureDraft[]): string | null {
  if (codec !== 'mpeg4' || !drafts.some(({ actions }) => actions.some(isCopy))) return null;
  if (drafts.some(({ actions }) => !actions.every(isCopy))) return 'MPEG-4 pictures can be copied only where all of the movie is, and some of it has to be encoded';
  const configs = drafts.flatMap(({ picture }) => (picture ? [picture.config] : []));
  const differs = configs.some((config) => config.length !== configs[0]?.length || config.some((byte, i) => byte !== configs[0]?.[i]));
  return differs ? 'MPEG-4 pictures of different encoder settings cannot stand in one track' : null;
}

function isCopy(action: PictureAction): boolean {
  return action.kind === 'copy';
}
