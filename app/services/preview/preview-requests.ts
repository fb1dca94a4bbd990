/** From a source's tables to what a preview job needs of them. Pure. */
import type { FramesStreamRequest, PeaksMakeRequest, StillMakeRequest, StripMakeRequest } from '../../contract/jobs/preview.ts';
import { stripTiles } from '../../contract/strip-tiles.ts';
import { bitDepth } from '../../domain/plan/encoders.ts';
import { sourceSample } from '../../domain/plan/sound-position.ts';
import { rational } from '../../domain/rational.ts';
import { sourceFrames, type Picture, type Sound, type Source } from '../../domain/source.ts';
import { pictureWindow } from '../assembly/picture-window.ts';
import { spanParts } from '../assembly/sound-parts.ts';
import { sampleRuns, startOf, tablesOf, type SampleRun } from './sample-runs.ts';

/** The rank that frame `frame` shows; frames beyond the ends are the ends. */
function rankAt(source: Source, picture: Picture, frame: number): number {
  const shown = Math.max(0, Math.min(sourceFrames(source) - 1, frame));
  return picture.shown?.[shown] ?? shown;
}

/** Pixels that may be decoded for one strip: some 85 frames of 640x360, so that 500 shots take well under a minute. */
const cheapPixels = 20e6;
/** A gap that is skipped rather than decoded. */
const skippedInStrips = 4;

/**
 * Tiles from the nearest samples where decoding can start, since a thumbnail need not be the very frame; but where these are so few that tiles
 * would be alike, and it costs little, from the very frames.
 */
export function stripRequest(source: Source, picture: Picture, path: string): StripMakeRequest {
  const { samples, format } = picture;
  const { order } = tablesOf(picture);
  const frames = sourceFrames(source);
  const exact = Uint32Array.from({ length: stripTiles }, (_, tile) => (picture.isStill ? 0 : rankAt(source, picture, Math.floor(((2 * tile + 1) * frames) / (2 * stripTiles)))));
  const near = exact.map((rank) => samples.rank[startOf(picture, order, rank)] ?? 0);
  const decoding = (ranks: Uint32Array): SampleRun[] => sampleRuns(source, picture, Uint32Array.from(new Set(ranks.toSorted())), skippedInStrips);
  if (new Set(near).size < new Set(exact).size) {
    const runs = decoding(exact);
    const decoded = runs.reduce((sum, { input }) => sum + input.size.length, 0);
    if (decoded * format.width * format.height <= cheapPixels) return { kind: 'strip.make', path, tiles: exact, runs };
  }
  return { kind: 'strip.make', path, tiles: near, runs: decoding(near) };
}

/** One tile: the nearest sample before `frame` where decoding can start, if it is not before `from`; else the very frame. Both count as the source shows them. */
export function thumbnailRequest(source: Source, picture: Picture, frame: number, from: number): { readonly rank: number; readonly toFile: (path: string) => StripMakeRequest } {
  const exact = picture.isStill ? 0 : rankAt(source, picture, frame);
  const near = picture.samples.rank[startOf(picture, tablesOf(picture).order, exact)] ?? exact;
  const rank = near >= rankAt(source, picture, from) && near <= exact ? near : exact;
  const tiles = Uint32Array.of(rank);
  return { rank, toFile: (path) => ({ kind: 'strip.make', path, tiles, runs: sampleRuns(source, picture, tiles, skippedInStrips) }) };
}

/** As long as the picture, or as the sound where there is none. */
export function peaksRequest(source: Source, sound: Sound, path: string): PeaksMakeRequest {
  const { picture } = source;
  const { sampleRate } = sound.format;
  const from = sourceSample(sound, 0, rational(1), sampleRate);
  const length = picture && !picture.isStill ? Math.round((sourceFrames(source) * sampleRate * picture.rate.den) / picture.rate.num) : sound.length - Math.max(0, from);
  const [part] = spanParts([{ clip: source.path, source, sound, at: 0, length: Math.max(1, length), from }], sampleRate);
  if (!part) throw new Error('one span is one part');
  return { kind: 'peaks.make', part, sampleRate, path };
}

export function stillRequest(source: Source, picture: Picture, frame: number, path: string): StillMakeRequest {
  const rank = rankAt(source, picture, frame);
  return { kind: 'still.make', rank, path, input: pictureWindow(source, picture, tablesOf(picture).order, { from: rank, to: rank + 1 }) };
}

export type FrameRange = {
  readonly from: number;
  /** Exclusive; where `step` is negative the first frame sent is `to - 1`. */
  readonly to: number;
  /** Every so many frames; negative runs backward. Not 0. */
  readonly step: number;
};

/** The frames' numbers, in the order in which they are sent. */
export function frameNumbers({ from, to, step }: FrameRange): readonly number[] {
  const numbers: number[] = [];
  if (step > 0) for (let frame = from; frame < to; frame += step) numbers.push(frame);
  else for (let frame = to - 1; frame >= from; frame += step) numbers.push(frame);
  return numbers;
}

/** A gap that is skipped rather than decoded: to begin anew costs as much as some frames. */
const skippedInStreams = 16;
/** Decoded frames that may wait while they are sent backward. */
const waitingBytes = 96 * 1024 * 1024;
const mostWaiting = 48;

export function framesRequest(source: Source, picture: Picture, numbers: readonly number[], size: Size, isBackward: boolean, socket: string): FramesStreamRequest {
  const { format } = picture;
  const frameBytes = format.width * format.height * 2 * (bitDepth(format.pixelFormat) > 8 ? 2 : 1);
  const longest = isBackward ? Math.max(4, Math.min(mostWaiting, Math.floor(waitingBytes / frameBytes))) : Infinity;
  const runs: FramesStreamRequest['runs'][number][] = [];
  for (let at = 0; at < numbers.length;) {
    // Up to where the source itself goes the other way, as edit lists may.
    let end = at + 1;
    const rankOf = (index: number): number => rankAt(source, picture, numbers[index] ?? 0);
    while (end < numbers.length && end - at < longest && (isBackward ? rankOf(end) <= rankOf(end - 1) : rankOf(end) >= rankOf(end - 1))) end++;
    const part = numbers.slice(at, end);
    runs.push(...runsOf(source, picture, isBackward ? part.toReversed() : part, isBackward));
    at = end;
  }
  return { kind: 'frames.stream', runs, ...size, socket };
}

/** `ascending`: numbers of frames whose ranks do not fall. */
function runsOf(source: Source, picture: Picture, ascending: readonly number[], isBackward: boolean): FramesStreamRequest['runs'][number][] {
  const ranks = Uint32Array.from(ascending, (frame) => rankAt(source, picture, frame));
  let at = 0;
  const runs = sampleRuns(source, picture, ranks, skippedInStreams).map((run) => {
    const numbers = Uint32Array.from(ascending.slice(at, at += run.ranks.length));
    return isBackward ? { input: run.input, ranks: run.ranks.toReversed(), numbers: numbers.toReversed() } : { ...run, numbers };
  });
  return isBackward ? runs.toReversed() : runs;
}

export type Size = { readonly width: number; readonly height: number };

/** The largest even size of the source's shape within the given one. */
export function sizeWithin({ format }: Picture, most: Size): Size {
  const isSideways = format.rotation === 90 || format.rotation === 270;
  const shown = (format.width * format.sar.num) / format.sar.den;
  const [width, height] = isSideways ? [format.height, shown] : [shown, format.height];
  const scale = Math.min(1, most.width / width, most.height / height);
  const even = (value: number): number => Math.max(2, 2 * Math.round((value * scale) / 2));
  return { width: even(width), height: even(height) };
}
