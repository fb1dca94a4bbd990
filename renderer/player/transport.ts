/**
 * The player's clock and its pictures: which frame is due, which feed has it, and what is decoded ahead. Playing forward it runs one feed a clip and
 * the next one's beside it; backward and in steps it keeps a stretch of decoded pictures and moves within it.
 */
import { rationalToNumber } from '../../app/domain/rational.ts';
import { openFrames } from './frame-store.ts';
import type { MediaAccess } from './media-access.ts';
import { PictureFeed } from './picture-feed.ts';
import type { PlaybackTimeline, PlayedClip } from './player-messages.ts';
import type { Screen } from './screen.ts';

export type TransportPorts = {
  readonly screen: Screen;
  /** Samples heard since playing started, at `sampleRate`; null where sound is not the clock. */
  readonly heard: () => number | null;
  readonly onTrouble: (error: unknown) => void;
};

/** Pictures that wait: of the clip that plays, of the one after it, and of a stretch played backward. */
const currentLimit = 12;
const nextLimit = 8;
const stretch = 16;

export class Transport {
  readonly #ports: TransportPorts;
  #access: MediaAccess;
  #timeline: PlaybackTimeline;
  #current: PictureFeed | null = null;
  #next: PictureFeed | null = null;
  /** Backward: the stretch before the current one. */
  #before: PictureFeed | null = null;
  #speed = 0;
  #anchorFrame = 0;
  #anchorTime = 0;
  #frame = 0;
  #drawn: { readonly frame: number; readonly clip: PlayedClip | null } | null = null;
  shown = 0;
  missed = 0;
  #lastDue = -1;
  #isStarting = false;

  constructor(ports: TransportPorts, access: MediaAccess, timeline: PlaybackTimeline) {
    this.#ports = ports;
    this.#access = access;
    this.#timeline = timeline;
  }

  get frame(): number { return this.#frame; }
  get speed(): number { return this.#speed; }
  /** The frame that is on the screen; -1 before the first. */
  get drawnFrame(): number { return this.#drawn?.frame ?? -1; }
  get openFrames(): number { return openFrames.count; }

  /** What still fits of the feeds goes on: an edit elsewhere does not disturb the picture. */
  setTimeline(timeline: PlaybackTimeline, access: MediaAccess): void {
    const isNewMedia = access !== this.#access;
    this.#timeline = timeline;
    this.#access = access;
    const fits = (feed: PictureFeed | null): PictureFeed | null => {
      const isSame = feed && !isNewMedia && timeline.picture.some((clip) => samePlace(clip, feed.clip));
      if (!isSame) feed?.close();
      return isSame ? feed : null;
    };
    this.#current = fits(this.#current);
    this.#next = fits(this.#next);
    this.#before = fits(this.#before);
    this.#drawn = null;
  }

  seek(frame: number): void {
    this.#anchor(frame);
    this.#drawn = null;
    const clip = this.#clipAt(frame);
    if (clip && this.#current && samePlace(clip, this.#current.clip) && this.#current.at(frame)) return;
    this.#drop();
  }

  setSpeed(speed: number): void {
    this.#anchor(this.#frame);
    const wasBackward = this.#speed < 0;
    this.#speed = speed;
    this.#isStarting = speed !== 0 && speed !== 1;
    this.#lastDue = -1;
    if (wasBackward !== speed < 0) this.#drop();
  }

  /** The clock starts here: called when the sound is ready. */
  restartClock(): void {
    this.#anchor(this.#frame);
  }

  size(): void {
    this.#drawn = null;
  }

  /** Once for every frame of the screen. True: what is due is on it. */
  tick(now: number): boolean {
    if (this.#speed !== 0) this.#frame = this.#due(now);
    const frame = this.#frame;
    const clip = this.#clipAt(frame);
    this.#count(frame);
    if (!clip) {
      this.#prefetch(frame, null);
      if (this.#drawn?.frame !== frame || this.#drawn.clip !== null) this.#ports.screen.black();
      this.#drawn = { frame, clip: null };
      return true;
    }
    const feed = this.#speed < 0 ? this.#backward(frame, clip) : this.#forward(frame, clip);
    const picture = feed.at(frame);
    // Backward a picture of the future would be wrong: the last one stays until the next is there.
    const shown = picture ? { frame, picture } : this.#speed > 0 ? feed.latest(frame) : null;
    if (this.#isStarting) {
      // The clock waits for the first picture: what is decoded first is not what is due first.
      if (picture) this.#isStarting = false;
      this.#anchor(frame);
    }
    if (shown && (this.#drawn?.frame !== shown.frame || this.#drawn.clip !== clip)) {
      this.#ports.screen.draw(shown.picture, feed.rotation);
      this.#drawn = { frame: shown.frame, clip };
      if (this.#speed !== 0) this.shown++;
    }
    if (this.#speed > 0) feed.pass(shown?.frame ?? frame);
    this.#prefetch(frame, feed);
    return shown?.frame === frame;
  }

  close(): void {
    this.#drop();
  }

  #due(now: number): number {
    const heard = this.#speed === 1 ? this.#ports.heard() : null;
    const seconds = heard ?? ((now - this.#anchorTime) / 1000) * this.#speed;
    const frame = this.#anchorFrame + Math.floor(seconds * rationalToNumber(this.#timeline.rate) + 1e-6);
    return Math.max(-1, Math.min(this.#timeline.frames, frame));
  }

  #anchor(frame: number): void {
    this.#frame = frame;
    this.#anchorFrame = frame;
    this.#anchorTime = performance.now();
  }

  /** Frames that were due and never came to the screen. */
  #count(frame: number): void {
    if (this.#speed === 1 && this.#lastDue >= 0 && frame > this.#lastDue + 1) this.missed += frame - this.#lastDue - 1;
    this.#lastDue = frame;
  }

  #forward(frame: number, clip: PlayedClip): PictureFeed {
    const current = this.#current;
    if (current && samePlace(current.clip, clip) && frame >= current.from) return current;
    if (this.#next && samePlace(this.#next.clip, clip) && frame >= this.#next.from) {
      current?.close();
      this.#current = this.#next;
      this.#next = null;
      this.#current.limit = currentLimit;
      this.#current.more();
      return this.#current;
    }
    // A still is often followed by steps back: the frames before it are decoded on the way, and kept.
    const from = this.#speed === 0 ? Math.max(clip.start, frame - stretch + 4) : frame;
    this.#drop();
    this.#current = this.#feed(clip, from, clip.start + clip.length, this.#speed === 0 ? stretch + 8 : currentLimit);
    return this.#current;
  }

  #backward(frame: number, clip: PlayedClip): PictureFeed {
    if (this.#current && samePlace(this.#current.clip, clip) && frame >= this.#current.from && frame < this.#current.to) return this.#current;
    if (this.#before && samePlace(this.#before.clip, clip) && frame >= this.#before.from && frame < this.#before.to) {
      this.#current?.close();
      this.#current = this.#before;
      this.#before = null;
      return this.#current;
    }
    this.#drop();
    this.#current = this.#feed(clip, Math.max(clip.start, frame - stretch + 1), frame + 1, stretch + 4);
    return this.#current;
  }

  #prefetch(frame: number, feed: PictureFeed | null): void {
    if (this.#speed < 0) {
      const from = feed ? feed.from : frame;
      if (this.#before || !feed || from <= 0) return;
      const clip = this.#clipAt(from - 1);
      if (clip) this.#before = this.#feed(clip, Math.max(clip.start, from - stretch), from, stretch + 4);
      return;
    }
    if (this.#next || (feed && !feed.isFed)) return;
    const after = feed ? feed.clip.start + feed.clip.length : frame + 1;
    const clip = this.#timeline.picture[firstFrom(this.#timeline.picture, after)];
    // Black may last: its end is time enough.
    if (clip && clip.start - frame < 96) this.#next = this.#feed(clip, clip.start, clip.start + clip.length, nextLimit);
  }

  #feed(clip: PlayedClip, from: number, to: number, limit: number): PictureFeed {
    const feed = new PictureFeed({ access: this.#access, clip, from, to, size: this.#ports.screen.size, onTrouble: this.#ports.onTrouble });
    feed.limit = limit;
    return feed;
  }

  #drop(): void {
    this.#current?.close();
    this.#next?.close();
    this.#before?.close();
    this.#current = null;
    this.#next = null;
    this.#before = null;
  }

  #clipAt(frame: number): PlayedClip | null {
    const { picture } = this.#timeline;
    const clip = picture[firstFrom(picture, frame + 1) - 1];
    return clip && frame >= clip.start && frame < clip.start + clip.length ? clip : null;
  }
}

/** The first clip that starts at or after `frame`. */
function firstFrom(picture: readonly PlayedClip[], frame: number): number {
  let low = 0;
  let high = picture.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    if ((picture[probe]?.start ?? 0) < frame) low = probe + 1;
    else high = probe;
  }
  return low;
}

function samePlace(a: PlayedClip, b: PlayedClip): boolean {
  return a.start === b.start && a.length === b.length && a.shotId === b.shotId && a.sourceIn === b.sourceIn;
}
