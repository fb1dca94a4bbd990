/** The layout: the header, and where in the movie each extent lies. All sizes are known, so the header comes first. */
import { leastShared, shareBlock } from '../../copy/reflink.ts';
import { concat, fourCc, u32, u64s, zeros, type Bytes, type Pieces } from './boxes.ts';
import { interleave, type ChunkList, type Extents } from './interleave.ts';
import { chapterSamples } from './chapter-track.ts';
import { fileType, movieBox, type HeaderChunks, type HeaderInput } from './movie-header.ts';
import type { Chunks } from './sample-tables.ts';
import { timecodeSample } from './timecode-track.ts';

export type Layout = {
  /** Everything before the first extent: ftyp, moov, mdat's header, the timecode's sample, the chapters' titles. */
  readonly header: Bytes;
  readonly extents: Extents;
  /** Offset of each extent in the movie; bytes between them are unreferenced. */
  readonly at: Float64Array;
  readonly bytes: number;
};

/** `canShare`: extents of the file may share their blocks with the movie, and are aligned for it; null: none. */
export function layOut(input: HeaderInput, canShare: ((file: number) => boolean) | null): Layout {
  const { movie, picture, sound } = input;
  const rate = movie.picture ? movie.picture.rate.num / movie.picture.rate.den : 1;
  const order = interleave(picture, rate, sound, movie.sound?.format.sampleRate ?? 1, canShare !== null);
  const { extents } = order;
  const timecode = movie.timecode && movie.picture ? timecodeSample(movie.timecode) : zeros(0);
  const lead = movie.picture ? concat([timecode, ...chapterSamples(movie.chapters ?? [])]) : timecode;

  const place = (start: number): { at: Float64Array; end: number } => {
    const at = new Float64Array(extents.count);
    let end = start;
    for (let i = 0; i < extents.count; i++) {
      const length = extents.written[i] ?? 0;
      if (length >= leastShared && extents.transform[i] === -1 && canShare?.(extents.file[i] ?? 0)) {
        end += (((extents.offset[i] ?? 0) - end) % shareBlock + shareBlock) % shareBlock;
      }
      at[i] = end;
      end += length;
    }
    return { at, end };
  };

  const type = fileType(movie);
  // Alignment depends on the header's length, by less than a block for each extent.
  const roughEnd = place(0).end + (canShare ? extents.count * shareBlock : 0);
  const build = (is64Bit: boolean, payload: number, at: Float64Array): Pieces => {
    const chunks: HeaderChunks = {
      picture: chunksAt(order.picture, at), sound: chunksAt(order.sound, at), timecode: payload, chapters: payload + timecode.length, is64Bit,
    };
    return movieBox(input, chunks);
  };
  const unplaced = new Float64Array(extents.count);
  let is64Bit = false;
  let moovLength = build(false, 0, unplaced).length;
  if (type.length + moovLength + 16 + lead.length + roughEnd > 0xffffffff) {
    is64Bit = true;
    moovLength = build(true, 0, unplaced).length;
  }
  const mdatHeader = is64Bit ? 16 : 8;
  const payload = type.length + moovLength + mdatHeader;
  const { at, end } = place(payload + lead.length);
  const moov = build(is64Bit, payload, at);
  const mdatSize = end - payload + mdatHeader;
  const mdat = is64Bit ? concat([u32(1), fourCc('mdat'), u64s([mdatSize])]) : concat([u32(mdatSize), fourCc('mdat')]);
  return { header: concat([type, moov, mdat, lead]), extents, at, bytes: end };
}

function chunksAt(list: ChunkList, at: Float64Array): Chunks {
  const offset = new Float64Array(list.extent.length);
  for (let i = 0; i < offset.length; i++) offset[i] = (at[list.extent[i] ?? 0] ?? 0) + (list.within[i] ?? 0);
  return { offset, samples: list.samples };
}
