/** The movie's parameters: the majority's where the user left them open. */
import { formatRational, rational, type Rational } from '../rational.ts';
import type { Picture, PictureFormat, Sound, Source } from '../source.ts';
import type { Container, Profile, ProfileName, SoundMode, SoundProfile } from '../profile.ts';
import { canHold, defaultFormat, pictureEncoder } from './encoders.ts';
import { isReordered, mxfSound, whyNoMxfRate } from './mxf-limits.ts';
import { joinKey } from './picture-fit.ts';
import { defaultRate } from './resolve-clip.ts';
import type { StartLabel } from '../timeline.ts';
import { countLabelAt, nominalRate, parseTimecode } from '../timecode.ts';
import { StringoutError } from '../../base/errors.ts';

export type ProfileRequest = {
  readonly name: ProfileName;
  /** prores: proxy|lt|422|hq|4444; dnxhr: lb|sq|hq|hqx|444; null: the default. */
  readonly flavour: string | null;
  readonly container: Container;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly rate: Rational | null;
  readonly preset: string | null;
  readonly crf: number | null;
  readonly sound: SoundMode;
  /** Start timecode as the user wrote it, counted at the movie's rate; wins over the timeline's own `start`. */
  readonly startLabel: string | null;
  readonly start: StartLabel | null;
};

export type MatchedProfile = { readonly profile: Profile; readonly warnings: readonly string[] };

/** `uses` is the source of each clip, once for every clip, so that a file used often counts often; `heard` the same of what is heard. */
export function matchProfile(request: ProfileRequest, uses: readonly Source[], timelineRate: Rational | null, heard: readonly Source[] = uses): MatchedProfile {
  const warnings: string[] = [];
  const pictures = uses.flatMap((source) => (source.picture ? [source.picture] : []));
  const leader = majorityPicture(pictures);
  const rate = request.rate ?? timelineRate ?? majorityRate(pictures) ?? defaultRate;
  const isMxf = request.container === 'mxf';
  const noRate = isMxf ? whyNoMxfRate(rate) : null;
  if (noRate !== null) throw new StringoutError('plan.impossible', noRate);
  const name = resolveName(request, leader, warnings);
  const picture = pictureFormat(name, request, leader);
  if (request.container !== 'wav' && !canHold(request.container, picture.codec)) throw new StringoutError('usage', `.${request.container} cannot hold the profile ${name}: choose another container or profile`);
  const encoder = pictureEncoder(picture, { preset: request.preset, crf: request.crf, rate, name, canReorder: !isMxf });
  const start = startOf(request, rate);
  const sound = request.sound === 'none' ? null : soundProfile(request, heard, warnings);
  return { profile: { name: request.name, container: request.container, rate, picture, encoder, sound, start }, warnings };
}

/** What most clips agree on in everything that copying needs; the first seen wins a tie. */
function majorityPicture(pictures: readonly Picture[]): Picture | null {
  const moving = pictures.filter((picture) => !picture.isStill);
  return majority(moving.length > 0 ? moving : pictures, joinKey);
}

/** The rate of most moving pictures; null where there are none. */
export function majorityRate(pictures: readonly Picture[]): Rational | null {
  return majority(pictures.filter((picture) => !picture.isStill), (picture) => formatRational(picture.rate))?.rate ?? null;
}

function majority<T>(items: readonly T[], keyOf: (item: T) => string): T | null {
  const uses = new Map<T, number>();
  for (const item of items) uses.set(item, (uses.get(item) ?? 0) + 1);
  const counts = new Map<string, { first: T; count: number }>();
  let best: { first: T; count: number } | null = null;
  for (const [item, count] of uses) {
    const key = keyOf(item);
    const entry = counts.get(key) ?? { first: item, count: 0 };
    entry.count += count;
    counts.set(key, entry);
  }
  for (const entry of counts.values()) if (!best || entry.count > best.count) best = entry;
  return best?.first ?? null;
}

/** `match` stays `match` where the container holds the majority's codec and we can encode it; else what is nearest. */
function resolveName(request: ProfileRequest, leader: Picture | null, warnings: string[]): ProfileName {
  if (request.name !== 'match') return request.name;
  if (request.container === 'wav') return 'h264'; // no picture is made
  const fallback: ProfileName = request.container === 'mxf' ? 'dnxhr' : request.container === 'mov' && leader?.format.codec !== 'vp9' ? 'prores' : 'h264';
  if (!leader) return request.container === 'mxf' ? 'dnxhr' : 'h264';
  const { codec } = leader.format;
  const isOutOfOrder = request.container === 'mxf' && codec === 'h264' && isReordered(leader);
  if (canHold(request.container, codec) && !isOutOfOrder) return 'match';
  const name = request.container === 'mp4' || request.container === 'mkv' ? 'h264' : fallback;
  const what = isOutOfOrder ? `${codec} with pictures stored out of order` : codec;
  warnings.push(`most shots are ${what}, which .${request.container} cannot hold or Stringout cannot encode: everything is encoded as ${name}`);
  return name;
}

function pictureFormat(name: ProfileName, request: ProfileRequest, leader: Picture | null): PictureFormat {
  const base = leader?.format ?? usualFormat;
  const kept = name === 'match' ? base : defaultFormat(name, request.flavour, base);
  const size = request.size ?? displaySize(kept, name !== 'match');
  const isResized = size.width !== base.width || size.height !== base.height;
  return {
    ...kept,
    ...size,
    rotation: name === 'match' && !isResized ? kept.rotation : 0,
    sar: name === 'match' && !isResized ? kept.sar : rational(1),
  };
}

/** A picture that is to be encoded is stored upright; square pixels, even sides. */
function displaySize(format: PictureFormat, isConverted: boolean): { width: number; height: number } {
  if (!isConverted) return { width: format.width, height: format.height };
  const width = Math.round((format.width * format.sar.num) / format.sar.den);
  const isTurned = format.rotation === 90 || format.rotation === 270;
  const even = (value: number): number => Math.max(2, value & ~1);
  return isTurned ? { width: even(format.height), height: even(width) } : { width: even(width), height: even(format.height) };
}

function soundProfile(request: ProfileRequest, uses: readonly Source[], warnings: string[]): SoundProfile | null {
  const sounds = uses.flatMap((source) => (source.sound ? [source.sound] : []));
  const leader = majority(sounds, (sound) => `${sound.format.sampleRate} ${sound.format.layout}`);
  if (!leader) return null;
  const { layout, channels } = leader.format;
  const isCopied = request.sound === 'packets' && canCopyPackets(sounds, request.container);
  if (request.sound === 'packets' && !isCopied) {
    const why = holdsPackets(request.container) ? 'the sound of most shots is no AAC, so its packets cannot be copied' : `packets of sound are not copied into .${request.container}`;
    warnings.push(`${why}: it is made exact`);
  }
  const needsAac = request.container === 'mp4' || isCopied;
  const pcm = pcmFormat(sounds, leader);
  if (!needsAac) return { mode: 'exact', format: request.container === 'mxf' ? mxfSound(pcm) : pcm, bitRate: 0 };
  const aacLeader = isCopied ? majority(sounds.filter((sound) => sound.format.codec === 'aac'), soundKey) ?? leader : leader;
  const format = isCopied
    ? aacLeader.format
    : { codec: 'aac', tag: 'mp4a', sampleRate: Math.min(leader.format.sampleRate, 96_000), channels, layout, bits: 0 };
  return { mode: isCopied ? 'packets' : 'exact', format, bitRate: format.channels * 96_000 };
}

function soundKey(sound: Sound): string {
  return `${sound.format.codec} ${sound.format.sampleRate} ${sound.format.layout} ${Buffer.from(sound.config).toString('hex')}`;
}

function canCopyPackets(sounds: readonly Sound[], container: Container): boolean {
  const aac = sounds.filter((sound) => sound.format.codec === 'aac');
  return holdsPackets(container) && aac.length * 2 >= sounds.length;
}

function holdsPackets(container: Container): boolean {
  return container === 'mp4' || container === 'mov';
}

/** As wide as the widest source; lossy sound is decoded to 24 bits, so that nothing of it is lost. */
function pcmFormat(sounds: readonly Sound[], leader: Sound): SoundProfile['format'] {
  const isFloat = sounds.some((sound) => /^pcm_f/.test(sound.format.codec));
  const bits = isFloat ? 32 : Math.max(...sounds.map((sound) => (sound.format.bits === 0 ? 24 : sound.format.bits)));
  const codec = isFloat ? 'pcm_f32le' : bits <= 16 ? 'pcm_s16le' : bits <= 24 ? 'pcm_s24le' : 'pcm_s32le';
  const { sampleRate, channels, layout } = leader.format;
  return { codec, tag: '', sampleRate, channels, layout, bits: isFloat || bits > 24 ? 32 : bits <= 16 ? 16 : 24 };
}

function startOf(request: ProfileRequest, rate: Rational): Profile['start'] {
  const { startLabel } = request;
  // One hour is where a programme begins by custom.
  if (startLabel === null) return request.start ? countLabelAt(request.start, rate) : { frame: nominalRate(rate) * 3600, dropFrame: false };
  const frame = parseTimecode(startLabel, rate);
  if (frame === null || frame < 0) throw new StringoutError('usage', `the start timecode ${startLabel} does not exist at ${formatRational(rate)} frames a second`);
  return { frame, dropFrame: /[;,.]\d{2,3}$/.test(startLabel) };
}

/** Full HD, where no shot tells. */
export const usualFormat: PictureFormat = {
  codec: 'h264', tag: 'avc1', profile: '', width: 1920, height: 1080, sar: rational(1), pixelFormat: 'yuv420p', range: 'limited',
  colour: { primaries: 1, transfer: 1, matrix: 1 }, fieldOrder: 'progressive', rotation: 0,
};
