/** The line of no length before a transition: which clip goes out, and where it is. */
import type { DocumentClip } from '../document.ts';
import { readClipNotes } from './metadata.ts';
import { reelWithout } from './source-media.ts';
import { sourceLabels, type RecordClock, type Shown } from './source-labels.ts';

export type Outgoing = { readonly reel: string; readonly source: string; readonly name: string | null };

/** `clip` ends where the transition begins; null: black. */
export function outgoingOf(clip: DocumentClip | null, shown: Shown, clock: RecordClock): Outgoing {
  if (!clip) return { reel: 'BL', source: '00:00:00:00', name: null };
  return { reel: reelOf(clip), source: sourceLabels(clip, shown, clock).out, name: clip.name || null };
}

/** As written: without white space, which separates columns. */
export function reelOf(clip: DocumentClip): string {
  const reel = clip.reel ?? readClipNotes(clip.metadata).reel ?? reelWithout(clip.media);
  return reel.trim().replaceAll(/\s+/g, '_') || 'AX';
}
