/** The tables and bytes of one clip's pictures, window after window, each going on where the one before ended. */
import type { PictureWindow } from '../../app/contract/playback.ts';
import type { MediaAccess } from './media-access.ts';
import type { PlayedClip } from './player-messages.ts';

/** Frames of the timeline in one window; the first is short, since a seek waits for it. */
const firstFrames = 16;
const windowFrames = 96;

export type LoadedWindow = {
  readonly window: PictureWindow;
  /** Timeline frame of its first picture, and after its last. */
  readonly from: number;
  readonly to: number;
  /** The first sample that the decoder has not had; `bytes` begin with it. */
  readonly begin: number;
  readonly bytes: AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly count: number;
  /** The pictures lie before those of the window before, as edit lists may want: decoding begins anew. */
  readonly isNewStart: boolean;
};

export class PictureWindows {
  readonly #access: MediaAccess;
  readonly #clip: PlayedClip;
  readonly #to: number;
  readonly #signal: AbortSignal;

  /** Up to timeline frame `to` of the clip. */
  constructor(access: MediaAccess, clip: PlayedClip, to: number, signal: AbortSignal) {
    this.#access = access;
    this.#clip = clip;
    this.#to = to;
    this.#signal = signal;
  }

  /** As far as pictures do not go back: those that do are the next window's. */
  async tables(from: number, frames = firstFrames): Promise<PictureWindow> {
    const clip = this.#clip;
    const window = await this.#access.picture(clip.shotId, clip.sourceIn + from - clip.start, Math.min(frames, this.#to - from), this.#signal);
    const back = window.ranks.findIndex((rank, i) => rank < (window.ranks[i - 1] ?? 0));
    return back < 0 ? window : { ...window, ranks: window.ranks.slice(0, back), frames: window.frames.slice(0, back) };
  }

  first(from: number, window: PictureWindow): LoadedWindow {
    return this.#load(from, window, null);
  }

  /** Null where the clip ends. */
  async after(before: LoadedWindow): Promise<LoadedWindow | null> {
    return before.to < this.#to ? this.#load(before.to, await this.tables(before.to, windowFrames), before.window) : null;
  }

  #load(from: number, window: PictureWindow, before: PictureWindow | null): LoadedWindow {
    const { samples, primers, ranks, variant } = window;
    const isNewStart = before !== null && (ranks[0] ?? 0) < (before.ranks.at(-1) ?? 0);
    const fed = isNewStart ? -1 : before?.samples.index.at(-1) ?? -1;
    const next = samples.index.findIndex((index, i) => i >= primers && index > fed);
    const begin = fed < 0 ? 0 : next < 0 ? samples.index.length : next;
    const { file, offset, size } = samples;
    const bytes = this.#access.samples(this.#clip.shotId, variant, { file: file.slice(begin), offset: offset.slice(begin), size: size.slice(begin) }, this.#signal);
    return { window, from, to: from + ranks.length, begin, bytes, count: size.length - begin, isNewStart };
  }
}
