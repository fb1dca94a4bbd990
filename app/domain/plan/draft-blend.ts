/** Two clips at once: only the frames of the transition itself are made, whatever the clips beside it are. */
import { hash } from 'node:crypto';
import type { Profile } from '../profile.ts';
import { consecutive } from './consecutive.ts';
import type { Draft } from './draft.ts';
import { mapClip } from './map-clip.ts';
import type { BlendLeg, BlendPlace, BlendSide, PictureAction, ResolvedClip } from './planned-clip.ts';
import type { SettingsKey } from './segment-key.ts';

/** Frames of one job: two sources are decoded for it. */
const chunkFrames = 120;

export function draftBlend(
  { window, frames }: ResolvedClip, blend: NonNullable<ResolvedClip['blend']>, firstFrame: number, profile: Profile, settings: SettingsKey,
  write: (actions: readonly PictureAction[]) => readonly PictureAction[],
): Draft {
  const [from, to] = [sideOf(blend.from, profile), sideOf(blend.to, profile)];
  const [first, end] = window ? [window.from, window.to] : [0, frames];
  const actions: PictureAction[] = [];
  for (let at = first; at < end; at += chunkFrames) {
    const until = Math.min(end, at + chunkFrames);
    const part = (side: BlendSide | null): BlendSide | null => side && { ...side, ranks: side.ranks.subarray(at, until) };
    const place: BlendPlace = { style: blend.style, done: blend.done + at, of: blend.of };
    actions.push({ kind: 'blend', frames: until - at, from: part(from), to: part(to), place, key: blendKey(settings, part(from), part(to), place, until - at) });
  }
  const what = blend.style.kind === 'wipe' ? 'a wipe' : from && to ? 'a dissolve' : 'a fade';
  return { firstFrame, frames: end - first, picture: null, reason: `${what} of ${blend.of} frames`, ranks: consecutive(0, 0), actions: write(actions) };
}

function sideOf(leg: BlendLeg | null, { rate }: Profile): BlendSide | null {
  const picture = leg?.source?.picture;
  return leg?.source && picture && leg.range ? { source: leg.source, picture, ranks: mapClip(leg, picture, leg.range, rate).ranks } : null;
}

function blendKey(settings: SettingsKey, from: BlendSide | null, to: BlendSide | null, place: BlendPlace, frames: number): string {
  const side = (of: BlendSide | null): string => (of ? `${of.source.fingerprint} ${of.ranks.join()}` : 'black');
  return hash('sha1', `blend ${settings.whole} ${frames} ${side(from)} ${side(to)} ${JSON.stringify(place)}`, 'hex');
}
