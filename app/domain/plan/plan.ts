/**
 * The plan: for each clip the cheapest exact way into the movie, and why. Pure and fast; nothing is opened here.
 */
import { StringoutError } from '../../base/errors.ts';
import { sampleFlags, type Picture, type Source } from '../source.ts';
import type { Profile } from '../profile.ts';
import { cutPicture, samplesByRank, type RankRange } from './cut-picture.ts';
import { estimateSeconds } from './cost.ts';
import { mapFrames, type FrameMap } from './frame-map.ts';
import { whyNotCopied } from './picture-fit.ts';
import { actionFrames, type PictureAction, type FrameWindow, type Plan, type PlannedClip, type ResolvedClip, type Step } from './planned-clip.ts';
import { blackKey, segmentKey, settingsKey, type SettingsKey } from './segment-key.ts';
import { admitParameterSets } from './parameter-sets.ts';
import { whyNoneIsCopied } from './single-config.ts';

/** `isCached` says whether a segment of that key is at hand; it is asked once for each segment. */
export function makePlan(profile: Profile, resolved: readonly ResolvedClip[], isCached: (key: string) => boolean): Plan {
  const settings = settingsKey(profile);
  const byRank = new Map<Picture, Uint32Array>();
  const warnings: string[] = [];
  const obstacles = admitParameterSets(profile, resolved, warnings);
  let firstFrame = 0;
  const drafts = resolved.map((clip, index) => {
    const picture = clip.source?.picture ?? null;
    const map = picture && clip.range ? windowed(mapFrames(picture, clip.range, profile.rate), clip.window) : null;
    const frames = map?.frames ?? (clip.window ? clip.window.to - clip.window.from : clip.frames);
    const base = { ...clip, index, firstFrame, frames };
    firstFrame += base.frames;
    if (!clip.source || !picture || !map) return { base, ...draftBlack(base, settings) };
    const reason = whyNotCopied(picture, profile) ?? obstacles.get(picture) ?? whyMapDiffers(map, picture);
    const order = memo(byRank, picture, () => samplesByRank(picture.samples));
    const encoded = (): PictureAction[] => encodeActions(clip.source as Source, picture, map.ranks, settings, order);
    return { base, picture, reason, encoded, actions: reason === null ? cutActions(clip.source, picture, map, settings, order) : encoded() };
  });
  const obstacle = whyNoneIsCopied(profile.picture.codec, drafts);
  if (obstacle !== null) warnings.push(`${obstacle}: everything is encoded`);
  const clips = drafts.map(({ base, picture, reason, actions, encoded }) => {
    const isSpoilt = obstacle !== null && encoded !== null && actions.some((action) => action.kind === 'copy');
    return describe(base, picture, isSpoilt ? encoded() : actions, isSpoilt ? obstacle : reason, profile, isCached);
  });
  return { profile, clips, frames: firstFrame, warnings, isCached };
}

/** Codecs whose partial GOPs can be joined to copied ones. */
function hasEdges(codec: string): boolean {
  return codec === 'h264' || codec === 'hevc';
}

function cutActions(source: Source, picture: Picture, map: FrameMap, settings: SettingsKey, order: Uint32Array): PictureAction[] {
  const first = map.ranks[0] ?? 0;
  const range: RankRange = { from: first, to: first + map.frames };
  if (isIntra(picture)) return [{ kind: 'copy', samples: order.slice(range.from, range.to), craToBla: false }];
  const cut = cutPicture(picture.samples, range);
  const isWhole = cut.copied.length === map.frames;
  if (cut.copied.length === 0 || (!isWhole && !hasEdges(picture.format.codec))) {
    const isShort = hasEdges(picture.format.codec) && map.frames <= chunkFrames;
    return isShort ? [encodeAction(source, map.ranks, true, settings)] : encodeActions(source, picture, map.ranks, settings, order);
  }
  const part = (edge: RankRange): PictureAction[] =>
    edge.to > edge.from ? [encodeAction(source, consecutive(edge), true, settings)] : [];
  return [...part(cut.head), { kind: 'copy', samples: cut.copied, craToBla: cut.craToBla }, ...part(cut.tail)];
}

function isIntra(picture: Picture): boolean {
  const { flags, rank, count } = picture.samples;
  for (let i = 0; i < count; i++) if (((flags[i] ?? 0) & sampleFlags.closed) === 0 || rank[i] !== i) return false;
  return true;
}

function encodeAction(source: Source, ranks: Uint32Array, isEdge: boolean, settings: SettingsKey): PictureAction {
  return { kind: 'encode', ranks, isEdge, key: segmentKey(settings, source, ranks, isEdge) };
}

/** Long encodes are made in chunks, for all cores and for what is kept after a crash: about this many frames, begun at key frames. */
const chunkFrames = 120;
const mostChunkFrames = 480;

function encodeActions(source: Source, picture: Picture, ranks: Uint32Array, settings: SettingsKey, order: Uint32Array): PictureAction[] {
  const actions: PictureAction[] = [];
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

function windowed(map: FrameMap, window: FrameWindow | null): FrameMap {
  if (!window) return map;
  const ranks = map.ranks.subarray(window.from, window.to);
  return { frames: ranks.length, ranks, isPlain: map.isPlain };
}

type Draft = { picture: Picture | null; reason: string | null; actions: PictureAction[]; encoded: (() => PictureAction[]) | null };

function draftBlack(base: ResolvedClip, settings: SettingsKey): Draft {
  if (base.frames < 1) throw new StringoutError('internal', 'a clip without frames reached the plan', { clip: base.name });
  const reason = base.failure ? `left black: ${base.failure.message}` : base.source ? 'sound without a picture: black' : 'gap: black';
  return { picture: null, reason, actions: blackActions(base.frames, settings), encoded: null };
}

function describe(
  base: ResolvedClip & { index: number; firstFrame: number }, picture: Picture | null, actions: readonly PictureAction[],
  obstacle: string | null, profile: Profile, isCached: (key: string) => boolean,
): PlannedClip {
  let framesToEncode = 0;
  let madeBefore = 0;
  let copied = 0;
  let bytesToCopy = 0;
  for (const action of actions) {
    if (action.kind === 'copy') {
      copied += action.samples.length;
      const { samples } = action;
      if (picture) for (let i = 0; i < samples.length; i++) bytesToCopy += picture.samples.size[samples[i] ?? 0] ?? 0;
    } else if (isCached(action.key)) {
      madeBefore += actionFrames(action);
    } else {
      framesToEncode += actionFrames(action);
    }
  }
  const step: Step = madeBefore > 0 && framesToEncode === 0 ? 'cached' : copied === base.frames ? 'copy' : copied > 0 ? 'smart' : 'encode';
  const reason = explain(step, obstacle, actions, picture);
  return { ...base, step, reason, actions, framesToEncode, bytesToCopy, expectedSeconds: estimateSeconds(profile, framesToEncode, bytesToCopy) };
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

function consecutive(range: RankRange): Uint32Array {
  const ranks = new Uint32Array(range.to - range.from);
  for (let i = 0; i < ranks.length; i++) ranks[i] = range.from + i;
  return ranks;
}

function memo<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
