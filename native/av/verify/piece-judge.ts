/** One piece of the movie, picture by picture: what is missing, what is wrong, and how good the encoded ones are. */
import type { VerifyFramesResult, VerifyPiece } from '../../../app/contract/jobs/movie-verify.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { PackedPicture } from './packed-picture.ts';

export type PieceFindings = VerifyFramesResult['pieces'][number];

/** What encoded pictures should have, in dB. */
const goodEnough = 38;
/** A poor picture that is so much nearer to its neighbour's source than to its own stands in the wrong place. */
const clearlyNearer = 6;

/** The movie's picture beside the one that it must be. */
type Pair = { readonly shown: PackedPicture; readonly expected: PackedPicture; decibels: number };

export class PieceJudge {
  readonly #piece: VerifyPiece;
  #current: Pair = newPair();
  #before: Pair = newPair();
  #hasBefore = false;
  #missing = 0;
  #wrong = 0;
  #firstBad: number | null = null;
  #lowest: { decibels: number; frame: number } | null = null;
  #below = 0;

  constructor(piece: VerifyPiece) {
    this.#piece = piece;
  }

  get findings(): PieceFindings {
    const lowest = this.#lowest && { ...this.#lowest, below: this.#below };
    return { missing: this.#missing, wrong: this.#wrong, firstBad: this.#firstBad, lowest };
  }

  /** Frame `i` of the piece as the movie shows it (null: not at all), and as it must be (null: anything). Both stay the caller's. */
  look(i: number, shown: FrameHandle | null, expected: FrameHandle | null): void {
    [this.#before, this.#current] = [this.#current, this.#before];
    if (!shown) {
      this.#missing++;
      this.#firstBad ??= this.#piece.from + i;
      this.#hasBefore = false;
      return;
    }
    this.#current.shown.load(shown);
    if (!expected) return;
    this.#current.expected.load(expected);
    if (this.#piece.expected.kind === 'alike') this.#judgeAlike(i);
    else if (!this.#current.shown.equals(this.#current.expected)) this.#isWrong(i);
  }

  /** Of the movie's picture that was looked at last. */
  md5(): string {
    return this.#current.shown.md5();
  }

  #judgeAlike(i: number): void {
    const { shown, expected } = this.#current;
    const decibels = shown.psnr(expected);
    this.#current.decibels = decibels;
    if (this.#hasBefore) {
      const before = this.#before;
      if (before.decibels < goodEnough && before.shown.psnr(expected) - before.decibels >= clearlyNearer) this.#isWrong(i - 1);
      if (decibels < goodEnough && shown.psnr(before.expected) - decibels >= clearlyNearer) this.#isWrong(i);
    }
    if (decibels < goodEnough) this.#below++;
    if (decibels < (this.#lowest?.decibels ?? Infinity)) this.#lowest = { decibels, frame: this.#piece.from + i };
    this.#hasBefore = true;
  }

  #isWrong(i: number): void {
    this.#wrong++;
    this.#firstBad ??= this.#piece.from + i;
  }
}

function newPair(): Pair {
  return { shown: new PackedPicture(), expected: new PackedPicture(), decibels: 0 };
}
