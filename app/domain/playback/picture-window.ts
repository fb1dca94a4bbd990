/** The samples that a browser must decode to show a stretch of a source. */
import type { PictureWindow } from './playback-window.ts';
import { samplesByRank } from '../plan/cut-picture.ts';
import type { Rational } from '../rational.ts';
import { sampleFlags, type Picture, type PictureSamples, type Source } from '../source.ts';
import { toBase64 } from './base64.ts';
import { needsDescription, pictureCodec } from './codec-string.ts';
import { shownRanks } from './shown-ranks.ts';

type Tables = { readonly order: Uint32Array; readonly frameOf: Uint32Array };

const known = new WeakMap<Picture, Tables>();

/** `from` and `frames` as for `shownRanks`. */
export function pictureWindow(source: Source, picture: Picture, from: number, frames: number, timelineRate: Rational): Omit<PictureWindow, 'variant'> {
  const { samples, format } = picture;
  const { order, frameOf } = tablesOf(picture);
  const ranks = shownRanks(source, picture, from, frames, timelineRate);
  const codec = pictureCodec(picture);
  const told = {
    codec, description: codec !== null && needsDescription(format.codec) ? toBase64(picture.config) : null, width: format.width, height: format.height,
    aspectWidth: format.width * format.sar.num, aspectHeight: format.height * format.sar.den, rotation: format.rotation,
    ranks: [...ranks], frames: Array.from(ranks, (rank) => frameOf[rank] ?? rank),
  };
  if (codec === null) return { ...told, primers: 0, samples: { index: [], file: [], offset: [], size: [], rank: [], isKey: [], isDisposable: [] } };
  const { picks, primers } = decodingRun(samples, order, ranks);
  return {
    ...told, primers,
    samples: {
      index: picks, file: picks.map((i) => samples.file?.[i] ?? 0), offset: picks.map((i) => samples.offset[i] ?? 0), size: picks.map((i) => samples.size[i] ?? 0),
      rank: picks.map((i) => samples.rank[i] ?? 0), isKey: picks.map((i, at) => isClosed(samples, i) || (at === 0 && primers === 0)),
      isDisposable: picks.map((i) => isDisposable(samples, i)),
    },
  };
}

/**
 * From a picture where decoding can start to the last one that is needed. Chromium refuses to start at the key frame of an open group: it is
 * given any closed one of the file first, whose picture is thrown away.
 */
function decodingRun(samples: PictureSamples, order: Uint32Array, ranks: Uint32Array): { readonly picks: number[]; readonly primers: number } {
  let lowest = Infinity;
  let start = Infinity;
  let last = 0;
  for (const rank of ranks) {
    const index = order[rank] ?? 0;
    lowest = Math.min(lowest, rank);
    start = Math.min(start, index);
    last = Math.max(last, index);
  }
  while (hasFlag(samples, last + 1, sampleFlags.secondField)) last++;
  while (start > 0 && !(isStart(samples, start) && (samples.rank[start] ?? 0) <= lowest)) start--;
  const picks: number[] = [];
  let primers = 0;
  if (!isClosed(samples, start)) {
    let primer = start;
    while (primer > 0 && !isClosed(samples, primer)) primer--;
    if (isClosed(samples, primer) && primer < start) {
      picks.push(primer);
      primers = 1;
    }
  }
  for (let i = start; i <= last; i++) {
    // Only what is before the stretch and needed by nobody may be left out: the next window goes on from here.
    const isSkipped = hasFlag(samples, i, sampleFlags.secondField) ? picks.at(-1) !== i - 1 : isDisposable(samples, i) && (samples.rank[i] ?? 0) < lowest;
    if (!isSkipped) picks.push(i);
  }
  return { picks, primers };
}

function isStart(samples: PictureSamples, index: number): boolean {
  return hasFlag(samples, index, sampleFlags.sync | sampleFlags.closed | sampleFlags.cra);
}

function isClosed(samples: PictureSamples, index: number): boolean {
  return hasFlag(samples, index, sampleFlags.closed);
}

/** A field is left out with its other field or not at all. */
function isDisposable(samples: PictureSamples, index: number): boolean {
  return hasFlag(samples, index, sampleFlags.disposable) && !hasFlag(samples, index, sampleFlags.secondField) && !hasFlag(samples, index + 1, sampleFlags.secondField);
}

function hasFlag({ flags }: PictureSamples, index: number, flag: number): boolean {
  return ((flags[index] ?? 0) & flag) !== 0;
}

function tablesOf(picture: Picture): Tables {
  const made = known.get(picture);
  if (made) return made;
  const frameOf = new Uint32Array(picture.samples.count);
  if (picture.shown) picture.shown.forEach((rank, frame) => { frameOf[rank] = frame; });
  else for (let i = 0; i < frameOf.length; i++) frameOf[i] = i;
  const tables = { order: samplesByRank(picture.samples), frameOf };
  known.set(picture, tables);
  return tables;
}
