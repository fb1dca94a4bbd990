/**
 * The plan: for each clip the cheapest exact way into the movie, and why. Pure and fast; nothing is opened here.
 */
import type { BurnIn } from '../captions.ts';
import { StringoutError } from '../../base/errors.ts';
import { sampleFlags, type Picture, type Source } from '../source.ts';
import type { Profile } from '../profile.ts';
import { consecutive, isConsecutive } from './consecutive.ts';
import { cutPicture, type RankRange } from './cut-picture.ts';
import { estimateSeconds } from './cost.ts';
import { draftBlend } from './draft-blend.ts';
import type { Draft } from './draft.ts';
import type { FrameMap } from './frame-map.ts';
import { mapClip } from './map-clip.ts';
import { pictureFacts } from './picture-facts.ts';
import { whyNotCopied } from './picture-fit.ts';
import { overlaid } from './overlay.ts';
import { actionFrames, type PictureAction, type Plan, type PlannedClip, type ResolvedClip, type Step } from './planned-clip.ts';
import { blackKey, segmentKey, settingsKey, type SettingsKey } from './segment-key.ts';
import { admitParameterSets } from './parameter-sets.ts';
import { whyNoneIsCopied } from './single-config.ts';

/** `isCached` says whether a segment of that key is at hand; it is asked once for each segment. `burnIn`: every frame is encoded, with this written on it. */
export function makePlan(profile: Profile, resolved: readonly ResolvedClip[], isCached: (key: string) => boolean, burnIn: BurnIn | null = null): Plan {
  const settings = settingsKey(profile);
  const misfits = new Map<Picture, string | null>();
  const warnings: string[] = [];
  const obstacles = admitParameterSets(profile, resolved, warnings);
  let firstFrame = 0;
  const drafts = resolved.map((clip): Draft => {
    const picture = clip.source?.picture ?? null;
    const map = picture && clip.range ? mapClip(clip, picture, clip.range, profile.rate) : null;
    const frames = map?.frames ?? (clip.window ? clip.window.to - clip.window.from : clip.frames);
    const at = firstFrame;
    firstFrame += frames;
    const write = (actions: readonly PictureAction[]): readonly PictureAction[] =>
      (burnIn || clip.slate ? overlaid(actions, { burnIn, slate: clip.slate ?? null, name: clip.name, firstFrame: at }, clip.source, profile) : actions);
    if (clip.blend) return draftBlend(clip, clip.blend, at, profile, settings, write);
    if (!clip.source || !picture || !map) {
      const black = draftBlack(clip, at, frames, settings);
      return { ...black, actions: profile.container === 'wav' ? [] : write(black.actions) };
    }
    const misfit = memo(misfits, picture, () => whyNotCopied(picture, profile) ?? obstacles.get(picture) ?? null);
    if (profile.container === 'wav') return { firstFrame: at, frames, picture, reason: 'sound alone', ranks: map.ranks, actions: [] };
    const reason = misfit ?? (clip.retime ? describeRetime(clip.retime) : whyMapDiffers(map, picture)) ?? (burnIn ? 'text is burnt in' : null);
    const actions = reason === null ? cutActions(clip.source, picture, map, settings) : encodeActions(clip.source, picture, map.ranks, settings, (clip.retime?.num ?? 0) < 0);
    return { firstFrame: at, frames, picture, reason, ranks: map.ranks, actions: write(actions) };
  });
  const obstacle = whyNoneIsCopied(profile.picture.codec, drafts);
  if (obstacle !== null) warnings.push(`${obstacle}: everything is encoded`);
  const clips = resolved.map((clip, index) => {
    const draft = drafts[index] as Draft;
    const { picture, ranks, actions } = draft;
    const isSpoilt = obstacle !== null && clip.source !== null && picture !== null && actions.some((action) => action.kind === 'copy');
    return describe(clip, index, isSpoilt ? { ...draft, reason: obstacle, actions: encodeActions(clip.source, picture, ranks, settings) } : draft, profile, isCached);
  });
  return { profile, clips, frames: firstFrame, warnings, burnIn, isCached };
}

/** Codecs whose partial GOPs can be joined to copied ones. */
function hasEdges(codec: string): boolean {
  return codec === 'h264' || codec === 'hevc';
}

function cutActions(source: Source, picture: Picture, map: FrameMap, settings: SettingsKey): PictureAction[] {
  const first = map.ranks[0] ?? 0;
  const range: RankRange = { from: first, to: first + map.frames };
  if (pictureFacts(picture).isIntra) return [{ kind: 'copy', samples: consecutive(range.from, range.to), craToBla: false }];
  const cut = cutPicture(picture.samples, range);
  const isWhole = cut.copied.length === map.frames;
  if (cut.copied.length === 0 || (!isWhole && !hasEdges(picture.format.codec))) {
    const isShort = hasEdges(picture.format.codec) && map.frames <= chunkFrames;
    return isShort ? [encodeAction(source, map.ranks, true, settings)] : encodeActions(source, picture, map.ranks, settings);
  }
  const part = (edge: RankRange): PictureAction[] =>
    edge.to > edge.from ? [encodeAction(source, consecutive(edge.from, edge.to), true, settings)] : [];
  return [...part(cut.head), { kind: 'copy', samples: cut.copied, craToBla: cut.craToBla }, ...part(cut.tail)];
}

function encodeAction(source: Source, ranks: Uint32Array, isEdge: boolean, settings: SettingsKey): PictureAction {
  return { kind: 'encode', ranks, isEdge, key: segmentKey(settings, source, ranks, isEdge) };
}

/** Long encodes are made in chunks, for all cores and for what is kept after a crash: about this many frames, begun at key frames. */
const chunkFrames = 120;
const mostChunkFrames = 480;
/** Backward all frames of a chunk wait until the first of them has been decoded. */
const backwardFrames = 24;

function encodeActions(source: Source, picture: Picture, ranks: Uint32Array, settings: SettingsKey, isBackward = false): PictureAction[] {
  if (isBackward) return Array.from({ length: Math.ceil(ranks.length / backwardFrames) }, (_, i) => encodeAction(source, ranks.subarray(i * backwardFrames, (i + 1) * backwardFrames), false, settings));
  const actions: PictureAction[] = [];
  const { order } = pictureFacts(picture);
  let start = 0;
  for (let i = chunkFrames; i <= ranks.length - chunkFrames / 2; i++) {
    const length = i - start;
    const isKey = ((picture.samples.flags[order[ranks[i] ?? 0] ?? 0] ?? 0) & sampleFlags.closed) !== 0;
    if (length < chunkFrames || (!isKey && length < mostChunkFrames)) continue;
    actions.push(encodeAction(source, ranks.subarray(start, i), false, settings));
    start = i;
  }
  return [...actions, encodeAction(source, ranks.subarray(start), false, settings)];
}

function blackActions(frames: number, settings: SettingsKey): PictureAction[] {
  const black = (length: number): PictureAction => ({ kind: 'black', frames: length, key: blackKey(settings, length) });
  const rest = frames % chunkFrames;
  return [...Array.from({ length: Math.floor(frames / chunkFrames) }, () => black(chunkFrames)), ...(rest > 0 ? [black(rest)] : [])];
}

function draftBlack({ name, source, slate, failure }: ResolvedClip, firstFrame: number, frames: number, settings: SettingsKey): Draft {
  if (frames < 1) throw new StringoutError('internal', 'a clip without frames reached the plan', { clip: name });
  const reason = failure ? `left black: ${failure.message}` : source ? 'sound without a picture: black' : slate ? 'slate' : 'gap: black';
  return { firstFrame, frames, picture: null, reason, ranks: consecutive(0, 0), actions: blackActions(frames, settings) };
}

function describe(clip: ResolvedClip, index: number, draft: Draft, profile: Profile, isCached: (key: string) => boolean): PlannedClip {
  const { firstFrame, frames, picture, actions } = draft;
  let framesToEncode = 0;
  let madeBefore = 0;
  let copied = 0;
  let bytesToCopy = 0;
  for (const action of actions) {
    if (action.kind === 'copy') {
      copied += action.samples.length;
      if (picture) bytesToCopy += copiedBytes(picture, action.samples);
    } else if (isCached(action.key)) {
      madeBefore += actionFrames(action);
    } else {
      framesToEncode += actionFrames(action);
    }
  }
  const step: Step = madeBefore > 0 && framesToEncode === 0 ? 'cached' : copied === frames || actions.length === 0 ? 'copy' : copied > 0 ? 'smart' : 'encode';
  const reason = explain(step, draft.reason, actions, picture);
  const expectedSeconds = estimateSeconds(profile, framesToEncode, bytesToCopy);
  return { ...clip, index, firstFrame, frames, step, reason, actions, framesToEncode, bytesToCopy, expectedSeconds };
}

function copiedBytes(picture: Picture, samples: Uint32Array): number {
  const first = samples[0] ?? 0;
  if (isConsecutive(samples)) {
    const { bytesBefore } = pictureFacts(picture);
    return (bytesBefore[first + samples.length] ?? 0) - (bytesBefore[first] ?? 0);
  }
  let bytes = 0;
  for (let i = 0; i < samples.length; i++) bytes += picture.samples.size[samples[i] ?? 0] ?? 0;
  return bytes;
}

function explain(step: Step, obstacle: string | null, actions: readonly PictureAction[], picture: Picture | null): string {
  const edges = (): string => {
    const head = actions[0]?.kind === 'encode' ? actionFrames(actions[0]) : 0;
    const last = actions.at(-1);
    const tail = actions.length > 1 && last?.kind === 'encode' ? actionFrames(last) : 0;
    return [head > 0 ? `${head} frames before the first key frame` : '', tail > 0 ? `${tail} frames after the last whole group` : ''].filter(Boolean).join(', ');
  };
  switch (step) {
    case 'copy': return 'every frame as it stands';
    case 'cached': return `made before${obstacle ? ` (${obstacle})` : ''}`;
    case 'smart': return `cut inside a group of pictures: ${edges()}`;
    case 'encode': return obstacle ?? (picture && hasEdges(picture.format.codec)
      ? 'no clean key frame inside the range'
      : `${picture?.format.codec ?? 'this codec'} can be copied only from a key frame on`);
  }
}

function whyMapDiffers(map: FrameMap, picture: Picture): string | null {
  if (map.isPlain) return null;
  if (picture.isStill) return 'a still picture is held';
  return picture.isConstantRate ? `rate ${picture.rate.num}/${picture.rate.den} is conformed to the profile's` : 'variable frame rate is made constant';
}

function memo<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function describeRetime({ num, den }: { readonly num: number; readonly den: number }): string {
  if (num === 0) return 'a frame is held';
  const percent = Math.round((1000 * Math.abs(num)) / den) / 10;
  return num < 0 ? `it runs backward at ${percent} %` : `its speed is ${percent} %`;
}
