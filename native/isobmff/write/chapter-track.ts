/** Chapters as QuickTime has them and every player reads them: a text track that the picture track refers to (QTFF, "Chapter Lists"). */
import type { Chapter } from '../../../app/domain/movie.ts';
import { box, concat, fourCc, fullBox, u16, u32, u8, zeros, type Bytes } from './boxes.ts';
import { identityMatrix } from './track.ts';

/** One sample a chapter: its title in UTF-8, with the box that says so. */
export function chapterSamples(chapters: readonly Chapter[]): Bytes[] {
  return chapters.map(({ title }) => {
    const text = Buffer.from(title, 'utf8').subarray(0, longestTitle);
    return concat([u16(text.length), text, box('encd', u32(utf8))]);
  });
}

const longestTitle = 1000;
/** kTextEncodingUnicodeDefault with the UTF-8 format. */
const utf8 = 0x0800_0100;

/** Frames that each chapter lasts; `frames` is the movie's length. */
export function chapterLengths(chapters: readonly Chapter[], frames: number): number[] {
  return chapters.map(({ frame }, i) => (chapters[i + 1]?.frame ?? frames) - frame);
}

/** QTFF, "Text Sample Description": all of it is about how the text would be drawn, which chapters are not. */
export function chapterEntry(): Bytes {
  return box('text', zeros(6), u16(1), u32(1, 0), u16(0, 0, 0), zeros(8), zeros(8), u16(0, 0), u8(0), u16(0), u16(0, 0, 0), u8(0));
}

export function chapterMediaHeader(): Bytes {
  const generic = fullBox('gmin', 0, 0, u16(0x40, 0x8000, 0x8000, 0x8000, 0, 0));
  return box('gmhd', generic, concat([u32(identityMatrix.length + 8), fourCc('text'), identityMatrix]));
}
