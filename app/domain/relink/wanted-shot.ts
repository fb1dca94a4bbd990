/** A project's shot whose file is gone, as what is to be found: its content first, then its path, reel and timecode. */
import type { Shot } from '../project/project.ts';
import type { MediaRange, WantedMedia } from './model.ts';

/** All of the file is wanted, or [from, to) of it where clips show no more: frames at its own rate from its first frame. */
export function wantedShot({ path, name, reel, media }: Shot, used: { readonly from: number; readonly to: number } | null = null): WantedMedia {
  const start = media?.timecode?.frame ?? 0;
  const available: MediaRange | null = media && !media.isStill ? { start, duration: media.frames, rate: media.rate } : null;
  return {
    name, kind: media && !media.picture ? 'sound' : 'picture', address: path, fileNames: [], reel, identities: media ? [media.fingerprint] : [],
    range: available && used ? { start: start + used.from, duration: used.to - used.from, rate: available.rate } : available, available,
    channels: media?.sound?.channels ?? null, handles: 0,
  };
}
