/** Text over the picture: what is burnt in over every frame, and what stands on a slate. It makes a segment another one, and says what to draw on each frame. */
import { hash } from 'node:crypto';
import type { Caption, Overlay } from '../captions.ts';
import type { Profile } from '../profile.ts';
import { atRate } from '../rational.ts';
import type { Picture, Source } from '../source.ts';
import { formatTimecode } from '../timecode.ts';
import { actionFrames, type PictureAction } from './planned-clip.ts';

/** The same actions under an overlay: other keys, since other pictures. What is copied cannot be written on. */
export function overlaid(actions: readonly PictureAction[], overlay: Overlay, source: Source | null, { start }: Profile): PictureAction[] {
  let { firstFrame } = overlay;
  return actions.map((action): PictureAction => {
    const from = firstFrame;
    firstFrame += actionFrames(action);
    if (action.kind === 'copy') return action;
    // Without a burn-in it is the same wherever it stands.
    const own = { ...overlay, firstFrame: overlay.burnIn ? from : 0 };
    return { ...action, overlay: own, key: hash('sha1', `${action.key} ${JSON.stringify([own, start, source?.timecode ?? null])}`, 'hex') };
  });
}

/** What to draw on the frames of an action. */
export function captionsOf(action: Exclude<PictureAction, { kind: 'copy' }>, source: Source | null, profile: Profile): Caption[] {
  const { overlay } = action;
  if (!overlay) return [];
  const { burnIn, slate, name, firstFrame } = overlay;
  const captions: Caption[] = slate ? [{ place: 'middle', text: [slate.filter((line) => line !== '').join('\n')] }] : []; // FFmpeg draws nothing after an empty first line
  if (!burnIn) return captions;
  const frames = Array.from({ length: actionFrames(action) }, (_, i) => firstFrame + i);
  const { start, rate } = profile;
  if (burnIn.timecode) captions.push({ place: 'bottom-left', text: frames.map((frame) => formatTimecode(start.frame + frame, rate, start.dropFrame)) });
  if (burnIn.frame) captions.push({ place: 'top-right', text: frames.map(String) });
  if (burnIn.text !== '') captions.push({ place: 'top', text: [burnIn.text] });
  if (action.kind !== 'encode' || !source?.picture) return captions;
  if (burnIn.shot) captions.push({ place: 'top-left', text: [name] });
  if (burnIn.sourceTimecode) captions.push({ place: 'bottom-right', text: sourceLabels(source, source.picture, action.ranks) });
  return captions;
}

function sourceLabels(source: Source, picture: Picture, ranks: Uint32Array): string[] {
  const own = source.timecode ?? { frame: 0, rate: picture.rate, dropFrame: false };
  const frameOf = new Map<number, number>();
  picture.shown?.forEach((rank, frame) => { if (!frameOf.has(rank)) frameOf.set(rank, frame); });
  return Array.from(ranks, (rank) => formatTimecode(own.frame + atRate(frameOf.get(rank) ?? rank, picture.rate, own.rate), own.rate, own.dropFrame));
}
