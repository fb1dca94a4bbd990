/**
 * Where the playhead is and how fast it goes, for everyone who shows or moves it. The player, once it is there, keeps the time by its sound;
 * without one the page's clock does. What moves every frame listens to `moved`; React reads `store`, which changes ten times a second at most.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { Emitter } from '../../app/base/emitter.ts';
import { rationalToNumber, type Rational } from '../../app/domain/rational.ts';

/** What plays pictures and sound; frames are those of the sequence. */
export interface PlaybackEngine {
  seek(frame: number): void;
  /** Signed: -2 is twice as fast, backwards; 0 stops. */
  setSpeed(speed: number): void;
  readonly frame: number;
}

export type PlaybackState = { readonly frame: number; readonly speed: number };

const fastest = 4;
const storeEveryMs = 100;

export class Playback {
  readonly moved = new Emitter<number>();
  readonly store: StoreApi<PlaybackState> = createStore(() => ({ frame: 0, speed: 0 }));
  #engine: PlaybackEngine | null = null;
  #frame = 0;
  #speed = 0;
  #rate: Rational = { num: 25, den: 1 };
  #length = 0;
  #request = 0;
  #startedAt = 0;
  #startedFrame = 0;
  #toldAt = 0;
  #stopAt: number | null = null;

  get frame(): number {
    return this.#frame;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Frames of the programme; the playhead may stand on the frame after the last. */
  get length(): number {
    return this.#length;
  }

  attach(engine: PlaybackEngine | null): void {
    this.#engine = engine;
    engine?.seek(this.#frame);
    if (this.#speed !== 0) engine?.setSpeed(this.#speed);
  }

  setProgramme(length: number, rate: Rational): void {
    this.#length = length;
    this.#rate = rate;
    if (this.#frame > length) this.seek(length);
  }

  seek(frame: number): void {
    this.#stopAt = null;
    const target = Math.min(Math.max(0, Math.round(frame)), this.#length);
    this.#startedAt = performance.now();
    this.#startedFrame = target;
    this.#engine?.seek(target);
    this.#move(target, true);
  }

  step(frames: number): void {
    this.setSpeed(0);
    this.seek(this.#frame + frames);
  }

  toggle(): void {
    if (this.#speed !== 0) this.setSpeed(0);
    else {
      if (this.#frame >= this.#length) this.seek(0);
      this.setSpeed(1);
    }
  }

  /** Plays [from, to) once. */
  playRange(from: number, to: number): void {
    this.setSpeed(0);
    this.seek(from);
    this.setSpeed(1);
    this.#stopAt = to;
  }

  /** J and L: the same key again doubles the speed, the other one slows it down. */
  shuttle(direction: 1 | -1): void {
    const speed = this.#speed;
    if (speed * direction <= 0) this.setSpeed(Math.abs(speed) > 1 ? speed / 2 : direction);
    else this.setSpeed(direction * Math.min(fastest, Math.abs(speed) * 2));
  }

  setSpeed(speed: number): void {
    if (speed !== 0 && this.#length === 0) return;
    this.#speed = speed;
    this.#stopAt = null;
    this.#startedAt = performance.now();
    this.#startedFrame = this.#frame;
    this.#engine?.setSpeed(speed);
    if (speed === 0 && this.#engine) this.#rest(this.#engine);
    this.store.setState({ speed, frame: this.#frame });
    if (speed !== 0 && this.#request === 0) this.#request = requestAnimationFrame(this.#tick);
  }

  /** The player may have gone on since it was last asked: picture and timecode stop at the same frame. */
  #rest(engine: PlaybackEngine): void {
    const frame = Math.min(Math.max(0, engine.frame), this.#length);
    engine.seek(frame);
    this.#move(frame, false);
  }

  readonly #tick = (now: number): void => {
    this.#request = 0;
    if (this.#speed === 0) return;
    const frame = this.#engine
      ? this.#engine.frame
      : this.#startedFrame + Math.trunc(((now - this.#startedAt) / 1000) * rationalToNumber(this.#rate) * this.#speed);
    const end = this.#stopAt ?? this.#length;
    if (frame >= end || frame < 0) {
      this.setSpeed(0);
      this.seek(frame < 0 ? 0 : end);
      return;
    }
    this.#move(frame, false);
    this.#request = requestAnimationFrame(this.#tick);
  };

  #move(frame: number, isSeek: boolean): void {
    if (frame === this.#frame && !isSeek) return;
    this.#frame = frame;
    this.moved.emit(frame);
    const now = performance.now();
    if (!isSeek && now - this.#toldAt < storeEveryMs) return;
    this.#toldAt = now;
    this.store.setState({ frame });
  }
}
