/**
 * The programme's sound: one piece on one clock. Decides for each stretch whether bytes are copied or rendered, and at which samples.
 */
import type { SoundProfile } from '../profile.ts';
import type { Sound, SoundFormat, Source } from '../source.ts';
import type { Plan, PlannedClip } from './planned-clip.ts';
import { soundKey } from './segment-key.ts';
import type { SoundSpan } from './sound-span.ts';
import { cutSpan, cutStretches, followsPicture, type LayerSpan } from './sound-layers.ts';
import { programmeSample, sourceSample } from './sound-position.ts';
import { rangeStart } from './source-range.ts';

export const aacFrame = 1024;
/** FFmpeg's aac encoder's delay, which is also what most encoders of packets that we copy have: the programme starts this far in. */
const aacPriming = 1024;

/** What is heard for a stretch of the programme. Lengths are samples for PCM and packets for AAC. */
export type SoundAction =
  | { readonly kind: 'silence'; readonly length: number }
  /** PCM: `from` is a sample of the source, `length` samples. AAC: packets [from, from + length). */
  | { readonly kind: 'copy'; readonly source: Source; readonly sound: Sound; readonly from: number; readonly length: number }
  /** `from`..`to` as in a sound.render request; parts are made when the job is sent. */
  | { readonly kind: 'render'; readonly key: string; readonly from: number; readonly to: number; readonly spans: readonly SoundSpan[] };

export type SoundPlan = {
  readonly profile: SoundProfile;
  readonly priming: number;
  /** Samples of the programme. */
  readonly length: number;
  readonly actions: readonly SoundAction[];
  /** Tracks of their own that are summed; null: each clip's sound is heard with its picture. */
  readonly layers: readonly LayerSpan[] | null;
  /** Greatest shift of any clip's sound against its picture; 0 for `exact`. */
  readonly maxOffsetSamples: number;
};

/** `layers`: what is heard instead of the clips' own sound, in samples of the programme; null: the clips' own. */
export function planSound(plan: Plan, layers: readonly LayerSpan[] | null = null): SoundPlan | null {
  const profile = plan.profile.sound;
  if (!profile) return null;
  const { sampleRate } = profile.format;
  const length = programmeSample(plan.frames, plan.profile.rate, sampleRate);
  const spans = plan.clips.map((clip) => spanOf(clip, plan, sampleRate));
  if (layers && !followsPicture(layers, spans)) return layeredPlan(layers, length, profile);
  if (profile.format.codec !== 'aac') {
    return { profile, priming: 0, length, actions: plan.clips.flatMap((clip, i) => pcmActions(clip, spans[i] ?? null, plan, profile)), maxOffsetSamples: 0, layers: null };
  }
  if (profile.mode === 'exact') return { profile, priming: aacPriming, length, actions: aacPieces(spans, length, profile), maxOffsetSamples: 0, layers: null };
  return packetPlan(plan, spans, length, profile);
}

/** Tracks that are summed are always made exact: packets cannot be added. */
function layeredPlan(layers: readonly LayerSpan[], length: number, given: SoundProfile): SoundPlan {
  const profile: SoundProfile = { ...given, mode: 'exact' };
  const inside = layers.filter(({ at, length: samples }) => at < length && at + samples > 0).map((span) => cutSpan(span, 0, length));
  if (profile.format.codec === 'aac') {
    return { profile, priming: aacPriming, length, actions: aacPieces(inside.toSorted((a, b) => a.at - b.at), length, profile), maxOffsetSamples: 0, layers: inside };
  }
  const actions = cutStretches(inside, length, longestMix).flatMap(({ from, to, spans }): SoundAction[] => {
    const [only] = spans;
    if (!only) return [{ kind: 'silence', length: to - from }];
    if (spans.length === 1 && only.gain === 0 && !only.fade) return spanActions(only, profile);
    const local = spans.map((span) => ({ ...span, at: span.at - from }));
    return [{ kind: 'render', key: renderKey(profile, 0, to - from, local), from: 0, to: to - from, spans: local }];
  });
  return { profile, priming: 0, length, actions, maxOffsetSamples: 0, layers: inside };
}

/** Samples that are summed in one piece, which is held in memory. */
const longestMix = 960_000;

/** What of the clip is heard; null for silence. `sampleRate` is the programme's. */
export function spanOf(clip: PlannedClip, plan: Plan, sampleRate: number): SoundSpan | null {
  const sound = clip.source?.sound;
  if (!clip.source || !sound || !clip.range || clip.source.picture?.isStill) return null;
  const at = programmeSample(clip.firstFrame, plan.profile.rate, sampleRate);
  const end = programmeSample(clip.firstFrame + clip.frames, plan.profile.rate, sampleRate);
  const skipped = programmeSample(clip.window?.from ?? 0, plan.profile.rate, sampleRate);
  const start = rangeStart(clip.range);
  const from = sourceSample(sound, start.ticks, start.rate, sampleRate) + skipped;
  return end > at ? { clip: clip.name, source: clip.source, sound, at, length: end - at, from } : null;
}

function pcmActions(clip: PlannedClip, span: SoundSpan | null, plan: Plan, profile: SoundProfile): SoundAction[] {
  const { sampleRate } = profile.format;
  if (!span) {
    const at = programmeSample(clip.firstFrame, plan.profile.rate, sampleRate);
    return [{ kind: 'silence', length: programmeSample(clip.firstFrame + clip.frames, plan.profile.rate, sampleRate) - at }];
  }
  return spanActions(span, profile);
}

/** PCM of one span: its bytes where they fit, with silence where the source has none. */
function spanActions(span: SoundSpan, profile: SoundProfile): SoundAction[] {
  if (!isSamePcm(span.sound.format, profile.format)) {
    const local = { ...span, at: 0 };
    return [{ kind: 'render', key: renderKey(profile, 0, span.length, [local]), from: 0, to: span.length, spans: [local] }];
  }
  const before = Math.min(span.length, Math.max(0, -span.from));
  const start = Math.max(0, span.from);
  const copied = Math.max(0, Math.min(span.length - before, span.sound.length - start));
  const after = span.length - before - copied;
  return [
    ...(before > 0 ? [{ kind: 'silence', length: before } as const] : []),
    ...(copied > 0 ? [{ kind: 'copy', source: span.source, sound: span.sound, from: start, length: copied } as const] : []),
    ...(after > 0 ? [{ kind: 'silence', length: after } as const] : []),
  ];
}

/** Independent pieces of one encode, so that all cores work and one change costs one piece. */
function aacPieces(spans: readonly (SoundSpan | null)[], length: number, profile: SoundProfile): SoundAction[] {
  const total = Math.ceil((length + aacPriming) / aacFrame);
  const actions: SoundAction[] = [];
  let firstSpan = 0;
  for (let from = 0; from < total; from += packetsPerPiece) {
    const to = Math.min(total, from + packetsPerPiece);
    // three packets of pre-roll and one after, see MEDIA: pieces in parallel
    const windowStart = Math.max(0, (from - 5) * aacFrame);
    const windowEnd = Math.min(length, (to + 2) * aacFrame);
    // Spans may overlap: only those that nobody after them outlasts are behind us.
    while (firstSpan < spans.length && spanEnd(spans[firstSpan]) <= windowStart) firstSpan++;
    const inside: SoundSpan[] = [];
    for (let i = firstSpan; i < spans.length; i++) {
      const span = spans[i];
      if (!span) continue;
      if (span.at >= windowEnd) break;
      const clipped = clipSpan(span, windowStart, windowEnd);
      if (clipped) inside.push(clipped);
    }
    actions.push({ kind: 'render', key: renderKey(profile, from, to, inside), from, to, spans: inside });
  }
  return actions;
}

/** About 20 s: long enough that pre-roll costs 0.4 %, short enough to spread over cores. */
const packetsPerPiece = 960;

/** What copying packets would shift at most, whatever way the plan takes; 0 where there are no packets to copy. */
export function packetsOffset(plan: Plan): number {
  const profile = plan.profile.sound;
  const aac = plan.clips.find((clip) => clip.source?.sound?.format.codec === 'aac')?.source?.sound;
  if (!profile || !aac) return 0;
  const format: SoundProfile = { mode: 'packets', format: aac.format, bitRate: profile.bitRate };
  const { sampleRate } = aac.format;
  const spans = plan.clips.map((clip) => spanOf(clip, plan, sampleRate));
  return packetPlan(plan, spans, programmeSample(plan.frames, plan.profile.rate, sampleRate), format).maxOffsetSamples;
}

function packetPlan(plan: Plan, spans: readonly (SoundSpan | null)[], length: number, profile: SoundProfile): SoundPlan {
  const actions: SoundAction[] = [];
  let maxOffsetSamples = 0;
  let packet = 0;
  plan.clips.forEach((clip, i) => {
    const span = spans[i] ?? null;
    const end = programmeSample(clip.firstFrame + clip.frames, plan.profile.rate, profile.format.sampleRate);
    const isLast = i === plan.clips.length - 1;
    const to = isLast ? Math.ceil((length + aacPriming) / aacFrame) : Math.max(packet, Math.round((end + aacPriming) / aacFrame));
    if (to === packet) return;
    if (!span) {
      actions.push({ kind: 'silence', length: to - packet });
    } else if (!isSameAac(span.sound, profile.format)) {
      actions.push({ kind: 'render', key: renderKey(profile, packet, to, [span]), from: packet, to, spans: [span] });
    } else {
      const wanted = span.from + (aacFrame * packet - aacPriming - span.at);
      const first = Math.round(wanted / aacFrame);
      maxOffsetSamples = Math.max(maxOffsetSamples, Math.abs(first * aacFrame - wanted));
      const before = Math.min(to - packet, Math.max(0, -first));
      const start = Math.max(0, first);
      const copied = Math.max(0, Math.min(to - packet - before, span.sound.packets.count - start));
      const after = to - packet - before - copied;
      if (before > 0) actions.push({ kind: 'silence', length: before });
      if (copied > 0) actions.push({ kind: 'copy', source: span.source, sound: span.sound, from: start, length: copied });
      if (after > 0) actions.push({ kind: 'silence', length: after });
    }
    packet = to;
  });
  return { profile, priming: aacPriming, length, actions, maxOffsetSamples, layers: null };
}

function clipSpan(span: SoundSpan, start: number, end: number): SoundSpan | null {
  const skip = Math.max(0, start - span.at);
  const length = Math.min(end, spanEnd(span)) - span.at - skip;
  return length > 0 ? { ...span, at: span.at + skip, from: span.from + skip, length } : null;
}

function spanEnd(span: SoundSpan | null | undefined): number {
  return span ? span.at + span.length : 0;
}

function renderKey(profile: SoundProfile, from: number, to: number, spans: readonly SoundSpan[]): string {
  const heard = spans.map((span) => `${span.source.fingerprint} ${span.at} ${span.length} ${span.from}${span.gain ? ` ${span.gain} dB` : ''}${span.fade ? ` ${JSON.stringify(span.fade)}` : ''}`).join('\n');
  return soundKey(`${formatText(profile)} ${profile.bitRate} ${from} ${to}`, heard);
}

export function silenceKey(profile: SoundProfile): string {
  return soundKey(`${formatText(profile)} ${profile.bitRate}`, 'silence');
}

const formatTexts = new WeakMap<SoundFormat, string>();

function formatText({ format }: SoundProfile): string {
  const text = formatTexts.get(format) ?? JSON.stringify(format);
  formatTexts.set(format, text);
  return text;
}

function isSamePcm(a: SoundFormat, b: SoundFormat): boolean {
  return a.codec === b.codec && a.sampleRate === b.sampleRate && a.channels === b.channels && a.layout === b.layout;
}

/**
 * One AudioSpecificConfig serves the whole track: object type, rate and channels stand in its first two bytes (ISO 14496-3, 1.6.2.1).
 * Packets of 2048 samples are AAC-LC with SBR that the configuration need not tell of.
 */
function isSameAac(sound: Sound, format: SoundFormat): boolean {
  return sound.format.codec === 'aac' && sound.format.sampleRate === format.sampleRate && sound.format.channels === format.channels
    && hasPlainPackets(sound) && sound.config.length >= 2 && configHead(sound.config) === plainConfigHead(format);
}

function hasPlainPackets({ packets }: Sound): boolean {
  return packets.count < 2 || (packets.position[1] ?? 0) - (packets.position[0] ?? 0) === aacFrame;
}

function configHead(config: Uint8Array): number {
  return ((config[0] ?? 0) << 8) | (config[1] ?? 0);
}

const sampleRates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
const lowComplexity = 2;

/** What FFmpeg's encoder writes, beside whose packets the copied ones stand; no such thing for 7.1, whose layout it spells out. */
function plainConfigHead({ sampleRate, channels }: SoundFormat): number {
  return (lowComplexity << 11) | (sampleRates.indexOf(sampleRate) << 7) | (channels << 3);
}
