/**
 * The feeds of a player: the one that shows, those of the clips that come next, opened one after the other, and the stretch before, for going
 * back. Going backward and in steps a feed is a stretch of a clip; playing forward it is the rest of one.
 */
import { rationalToNumber } from '../../app/domain/rational.ts';
import { clipAt, clipFrom, samePlace } from './clip-places.ts';
import type { MediaAccess } from './media-access.ts';
import { PictureFeed } from './picture-feed.ts';
import type { PlaybackTimeline, PlayedClip } from './player-messages.ts';

/** Pictures that wait: of the clip that plays, of each after it, of a stretch played backward, and after a still. */
const currentLimit = 12;
const aheadLimit = 8;
const stretch = 24;
const aheadOfStill = 8;
/** A still is often followed by steps back: so many frames before it are decoded after it, and kept. */
const keptBehind = 12;
/** Clips may be as short as one frame: opened ahead until so many frames are covered, by so many feeds at most. */
const coveredAhead = 12;
const mostAhead = 3;
/** Frames that are decoded on the way to one that is sought, rather than begun anew. */
const farAhead = 32;
/** The next clip is opened so long before its cut though the one before is late. */
const nearCut = 12;
/** More pictures a second are not seen: of those between, what is needed by none is not decoded. */
const seenRate = 48;
/** Black may last: its end is time enough to open what comes after. */
const blackAhead = 96;

type FeedPorts = { readonly size: () => { readonly width: number; readonly height: number }; readonly onTrouble: (error: unknown) => void };

export class Feeds {
  readonly #ports: FeedPorts;
  #access: MediaAccess;
  #timeline: PlaybackTimeline;
  #speed = 0;
  #every = 1;
  #current: PictureFeed | null = null;
  #ahead: PictureFeed[] = [];
  #before: PictureFeed | null = null;

  constructor(ports: FeedPorts, access: MediaAccess, timeline: PlaybackTimeline) {
    this.#ports = ports;
    this.#access = access;
    this.#timeline = timeline;
  }

  /** What still fits goes on: an edit elsewhere does not disturb the picture. */
  setTimeline(timeline: PlaybackTimeline, access: MediaAccess): void {
    const isNewMedia = access !== this.#access || rationalToNumber(timeline.rate) !== rationalToNumber(this.#timeline.rate);
    this.#timeline = timeline;
    this.#access = access;
    const fits = (feed: PictureFeed): boolean => !isNewMedia && timeline.picture.some((clip) => samePlace(clip, feed.clip));
    if (this.#current && !fits(this.#current)) this.#current = shut(this.#current);
    if (this.#before && !fits(this.#before)) this.#before = shut(this.#before);
    // What comes next may be another clip now.
    const kept = this.#ahead.findIndex((feed) => !fits(feed));
    if (kept >= 0) this.#ahead.splice(kept).forEach(shut);
    if (this.#ahead.some((feed, i) => clipFrom(timeline.picture, i === 0 ? this.#current?.to ?? feed.from : this.#ahead[i - 1]?.to ?? 0)?.start !== feed.clip.start)) this.#ahead.splice(0).forEach(shut);
  }

  setSpeed(speed: number): void {
    const every = Math.abs(speed) > 1 ? Math.max(1, Math.floor((rationalToNumber(this.#timeline.rate) * Math.abs(speed)) / seenRate)) : 1;
    if (every !== this.#every || this.#speed < 0 !== speed < 0) this.close();
    this.#every = every;
    this.#speed = speed;
    this.#current?.run(speed > 0, speed === 0 ? aheadOfStill : currentLimit);
  }

  /** Where `frame` is far from what waits, to begin anew is quicker than to decode up to there. */
  sought(frame: number): void {
    const current = this.#current;
    if (current && frame - current.passed > farAhead && frame < current.to && current.at(frame) === null) this.close();
  }

  /** The feed that has, or will have, the picture of `clip` at `frame`. */
  at(frame: number, clip: PlayedClip): PictureFeed {
    const has = (feed: PictureFeed | null | undefined): boolean => feed !== null && feed !== undefined && samePlace(feed.clip, clip) && frame >= feed.passed && frame < feed.to;
    const { start } = clip;
    const end = start + clip.length;
    if (this.#current && has(this.#current)) return this.#current;
    const place = this.#ahead.findIndex(has);
    if (place >= 0 && this.#speed >= 0) {
      shut(this.#current);
      this.#before = shut(this.#before);
      this.#ahead.splice(0, place).forEach(shut);
      this.#current = this.#ahead.shift() ?? null;
      if (this.#current) {
        this.#current.run(this.#speed > 0, this.#speed === 0 ? aheadOfStill : currentLimit);
        return this.#current;
      }
    }
    if (this.#before && has(this.#before) && this.#speed <= 0) {
      shut(this.#current);
      this.#current = this.#before;
      this.#before = null;
      return this.#current;
    }
    this.close();
    const [from, to, limit] = this.#speed < 0 ? [Math.max(start, frame + 1 - stretch * this.#every), frame + 1, stretch + 4]
      : [frame, end, this.#speed === 0 ? aheadOfStill : currentLimit];
    this.#current = this.#open(clip, from, to, limit);
    this.#current.run(this.#speed > 0, limit);
    return this.#current;
  }

  /** Standing on `frame`: some before it stay, and more after it are made as one steps on. */
  rest(frame: number, feed: PictureFeed): void {
    feed.pass(frame - keptBehind);
    feed.run(false, aheadOfStill + Math.max(0, frame - feed.passed));
  }

  /** Opens what will be wanted soon. */
  prefetch(frame: number, current: PictureFeed | null): void {
    if (this.#speed > 0) this.#openAhead(frame, current);
    else if (current && (this.#speed < 0 || frame - current.passed < keptBehind / 2)) {
      const to = this.#speed < 0 ? current.from : current.passed;
      if (this.#before?.to === to) return;
      this.#before = shut(this.#before);
      const clip = to > 0 ? clipAt(this.#timeline.picture, to - 1) : null;
      const length = this.#speed < 0 ? stretch * this.#every : keptBehind;
      // A still's own pictures come first.
      if (clip && (this.#speed < 0 || current.at(frame))) this.#before = this.#open(clip, Math.max(clip.start, to - length), to, this.#speed < 0 ? stretch + 4 : keptBehind + 4);
    }
  }

  close(): void {
    shut(this.#current);
    shut(this.#before);
    this.#ahead.splice(0).forEach(shut);
    this.#current = null;
    this.#before = null;
  }

  #openAhead(frame: number, current: PictureFeed | null): void {
    const last = this.#ahead.at(-1) ?? current;
    const to = last?.to ?? frame + 1;
    const isNear = this.#ahead.length === 0 && to - frame <= nearCut;
    if (this.#ahead.length >= mostAhead || (last && !last.isFed && !isNear)) return;
    if (this.#ahead.length > 0 && to - frame > coveredAhead) return;
    const clip = clipFrom(this.#timeline.picture, to);
    if (!clip || clip.start - frame >= blackAhead) return;
    this.#ahead.push(this.#open(clip, Math.max(clip.start, to), clip.start + clip.length, aheadLimit));
  }

  #open(clip: PlayedClip, from: number, to: number, limit: number): PictureFeed {
    return new PictureFeed({ access: this.#access, clip, from, to, limit, every: this.#every, isBackward: this.#speed < 0, size: this.#ports.size(), onTrouble: this.#ports.onTrouble });
  }
}

function shut(feed: PictureFeed | null): null {
  feed?.close();
  return null;
}
