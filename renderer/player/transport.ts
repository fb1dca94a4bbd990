/** The player's clock and its screen: which frame is due, and whether its picture is there. */
import { rationalToNumber, scaleFloor } from '../../app/domain/rational.ts';
import { programmeSample } from '../../app/domain/plan/sound-position.ts';
import { clipAt } from './clip-places.ts';
import { Feeds } from './feeds.ts';
import type { MediaAccess } from './media-access.ts';
import type { PictureFeed } from './picture-feed.ts';
import type { PlaybackTimeline, PlayedClip } from './player-messages.ts';
import type { Screen } from './screen.ts';

export type TransportPorts = {
  readonly screen: Pick<Screen, 'black' | 'draw' | 'size'>;
  readonly sampleRate: number;
  /** Milliseconds, on the clock of `tick`. */
  readonly now: () => number;
  /** Samples heard since the clock was started last, at `now`; null where sound is not the clock. */
  readonly heard: (now: number) => number | null;
  readonly onTrouble: (error: unknown) => void;
};

/** Frames by which pictures may be late, at normal speed, before a clock without sound waits for them. */
const mostBehind = 4;

export class Transport {
  readonly #ports: TransportPorts;
  readonly #feeds: Feeds;
  #timeline: PlaybackTimeline;
  #speed = 0;
  #anchorFrame = 0;
  #anchorTime = 0;
  #frame = 0;
  #drawn: { readonly frame: number; readonly clip: PlayedClip | null } | null = null;
  #shown = 0;
  #missed = 0;
  /** The last frame that came to the screen in this run; -1 before the first. */
  #lastShown = -1;
  /** Goes up with every seek, change of speed and edit: what was being drawn then does not count. */
  #run = 0;
  #isStarting = false;
  #isHeard = false;

  constructor(ports: TransportPorts, access: MediaAccess, timeline: PlaybackTimeline) {
    this.#ports = ports;
    this.#timeline = timeline;
    this.#feeds = new Feeds({ size: () => ports.screen.size, onTrouble: ports.onTrouble }, access, timeline);
  }

  get frame(): number { return this.#frame; }
  get speed(): number { return this.#speed; }
  /** The frame that is on the screen; -1 before the first. */
  get drawnFrame(): number { return this.#drawn?.frame ?? -1; }
  /** Frames that came to the screen while it played, and at normal speed those that were due and did not. */
  get shown(): number { return this.#shown; }
  get missed(): number { return this.#missed; }

  setTimeline(timeline: PlaybackTimeline, access: MediaAccess): void {
    this.#timeline = timeline;
    this.#feeds.setTimeline(timeline, access);
    this.#run++;
    this.#drawn = null;
  }

  seek(frame: number): void {
    this.#anchor(frame);
    this.#feeds.sought(frame);
    this.#run++;
    this.#drawn = null;
    this.#lastShown = -1;
    this.#isStarting = this.#speed !== 0;
  }

  setSpeed(speed: number): void {
    this.#anchor(this.#frame);
    this.#speed = speed;
    this.#run++;
    this.#feeds.setSpeed(speed);
    this.#isStarting = speed !== 0;
    this.#lastShown = -1;
  }

  /** The clock starts at the frame that it stands at: called when sound begins. */
  restartClock(): void {
    this.#anchor(this.#frame);
  }

  /** What is on the screen is drawn again: its size changed. */
  redraw(): void {
    this.#drawn = null;
  }

  /** Once for every frame of the screen. True: what is due is on it. */
  tick(now: number): boolean {
    if (this.#speed !== 0) this.#frame = this.#due(now);
    const frame = this.#frame;
    const clip = clipAt(this.#timeline.picture, frame);
    if (!clip) return this.#black(frame);
    const feed = this.#feeds.at(frame, clip);
    const exact = this.#speed > 0 ? null : feed.at(frame);
    const shown = exact ? { frame, picture: exact } : this.#speed > 0 ? feed.latest(frame) : null;
    this.#hold(frame, shown?.frame ?? null);
    if (shown && (this.#drawn?.frame !== shown.frame || this.#drawn.clip !== clip)) {
      this.#ports.screen.draw(shown.picture, feed.rotation, this.#whenDrawn(shown.frame, clip));
    }
    this.#pass(frame, shown?.frame ?? null, feed);
    this.#feeds.prefetch(frame, feed);
    return this.#drawn?.frame === frame && this.#drawn.clip === clip;
  }

  close(): void {
    this.#feeds.close();
  }

  #black(frame: number): true {
    this.#isStarting = false;
    if (this.#drawn?.frame !== frame) {
      if (this.#drawn?.clip !== null) this.#ports.screen.black();
      this.#came(frame, null);
    }
    this.#feeds.prefetch(frame, null);
    return true;
  }

  #whenDrawn(frame: number, clip: PlayedClip): () => void {
    const run = this.#run;
    return () => { if (run === this.#run) this.#came(frame, clip); };
  }

  #came(frame: number, clip: PlayedClip | null): void {
    this.#drawn = { frame, clip };
    if (this.#speed === 0 || frame === this.#lastShown) return;
    this.#shown++;
    if (this.#speed === 1 && this.#lastShown >= 0) this.#missed += Math.max(0, frame - this.#lastShown - 1);
    this.#lastShown = frame;
  }

  /** Without sound the clock waits for the pictures: it would run away from a decoder that is slower, and nothing would be seen. */
  #hold(frame: number, shown: number | null): void {
    const isLate = shown === null ? this.#isStarting || this.#speed !== 1 : frame - shown > mostBehind * Math.abs(this.#speed);
    if (isLate && this.#speed !== 0 && !this.#isHeard) this.#anchor(shown === null ? frame : shown + mostBehind * Math.abs(this.#speed));
    else if (shown !== null) this.#isStarting = false;
  }

  #pass(frame: number, shown: number | null, feed: PictureFeed): void {
    if (this.#speed > 0) feed.due(frame);
    if (this.#speed === 0) this.#feeds.rest(frame, feed);
    else if (this.#speed > 0 && shown !== null) feed.pass(shown);
  }

  #due(now: number): number {
    const { rate, frames } = this.#timeline;
    const heard = this.#speed === 1 ? this.#ports.heard(now) : null;
    const { sampleRate } = this.#ports;
    this.#isHeard = heard !== null;
    const frame = heard === null
      ? this.#anchorFrame + Math.trunc((Math.max(0, now - this.#anchorTime) * this.#speed * rationalToNumber(rate)) / 1000)
      : scaleFloor(2 * (programmeSample(this.#anchorFrame, rate, sampleRate) + heard) + 1, rate.num, 2 * rate.den * sampleRate);
    return Math.max(-1, Math.min(frames, frame));
  }

  #anchor(frame: number): void {
    this.#frame = frame;
    this.#anchorFrame = frame;
    this.#anchorTime = this.#ports.now();
  }
}
