/** The programme's sound ahead of the playhead: clips decoded a few seconds at a time, placed by whole samples, summed, put into the ring. */
import { rationalToNumber, scaleRound, type Rational } from '../../app/domain/rational.ts';
import { decodeSound } from './decode-sound.ts';
import type { MediaAccess } from './media-access.ts';
import type { HeardClip, PlaybackTimeline } from './player-messages.ts';
import { resample } from './resample.ts';
import type { SoundRing } from './sound-ring.ts';

/** Seconds of the programme in one decoding. */
const windowSeconds = 2;
const keptWindows = 24;
/** Samples mixed at once. */
const block = 12_000;
/** Samples that are ready before the clock starts. */
const enough = 9600;

export class SoundMixer {
  readonly #ring: SoundRing;
  readonly #rate: number;
  #access: MediaAccess;
  #timeline: PlaybackTimeline;
  /** Stereo at the ring's rate, by clip and window; null: cannot be heard. */
  readonly #windows = new Map<string, Promise<Float32Array | null>>();
  #run: AbortController | null = null;
  readonly #onTrouble: (error: unknown) => void;

  constructor(ring: SoundRing, sampleRate: number, access: MediaAccess, timeline: PlaybackTimeline, onTrouble: (error: unknown) => void) {
    this.#ring = ring;
    this.#rate = sampleRate;
    this.#access = access;
    this.#timeline = timeline;
    this.#onTrouble = onTrouble;
  }

  setTimeline(timeline: PlaybackTimeline, access: MediaAccess): void {
    this.#timeline = timeline;
    if (access !== this.#access) this.#windows.clear();
    this.#access = access;
  }

  /** Fills the ring from a frame of the timeline on; `ready` is called once enough is there, and playing may start. */
  start(frame: number, ready: () => void): void {
    this.stop();
    const run = new AbortController();
    this.#run = run;
    this.#fill(frame, run.signal, ready).catch((error: unknown) => {
      if (!run.signal.aborted) {
        this.#onTrouble(error);
        ready();
      }
    });
  }

  stop(): void {
    this.#run?.abort();
    this.#run = null;
    this.#ring.reset();
  }

  async #fill(frame: number, signal: AbortSignal, ready: () => void): Promise<void> {
    let position = this.#sampleAt(frame);
    let isReady = false;
    for (;;) {
      if (this.#ring.room < block) {
        await new Promise((resolve) => { setTimeout(resolve, 40); });
      } else {
        const mixed = await this.#mix(position, signal);
        if (signal.aborted) return;
        this.#ring.write(mixed);
        position += block;
      }
      if (signal.aborted) return;
      if (!isReady && this.#ring.filled >= enough) {
        isReady = true;
        ready();
      }
    }
  }

  async #mix(position: number, signal: AbortSignal): Promise<Float32Array> {
    const mixed = new Float32Array(block * 2);
    const end = position + block;
    for (const clip of this.#timeline.sound) {
      const start = this.#sampleAt(clip.start);
      if (start >= end) break;
      const stop = this.#sampleAt(clip.start + clip.length);
      if (stop <= position) continue;
      await this.#add(clip, Math.max(position, start), Math.min(end, stop), mixed, position, signal);
    }
    // Over full scale it is clipped, as the movie's is.
    for (let i = 0; i < mixed.length; i++) mixed[i] = Math.max(-1, Math.min(1, mixed[i] ?? 0));
    return mixed;
  }

  /** Adds programme samples [from, to) of the clip. */
  async #add(clip: HeardClip, from: number, to: number, mixed: Float32Array, position: number, signal: AbortSignal): Promise<void> {
    const gain = 10 ** (clip.gain / 20);
    const step = Math.max(1, Math.round(windowSeconds * rationalToNumber(this.#timeline.rate)));
    for (let frame = clip.start; frame < clip.start + clip.length; frame += step) {
      const windowEnd = Math.min(clip.start + clip.length, frame + step);
      const begin = this.#sampleAt(frame);
      const end = this.#sampleAt(windowEnd);
      if (end <= from) continue;
      if (begin >= to) return;
      const sound = await this.#window(clip, frame, windowEnd - frame, end - begin, signal);
      if (!sound || signal.aborted) continue;
      for (let at = Math.max(from, begin); at < Math.min(to, end); at++) {
        const source = 2 * (at - begin);
        const target = 2 * (at - position);
        mixed[target] = (mixed[target] ?? 0) + gain * (sound[source] ?? 0);
        mixed[target + 1] = (mixed[target + 1] ?? 0) + gain * (sound[source + 1] ?? 0);
      }
    }
  }

  #window(clip: HeardClip, frame: number, frames: number, samples: number, signal: AbortSignal): Promise<Float32Array | null> {
    const sourceFrame = clip.sourceIn + frame - clip.start;
    const key = `${String(clip.shotId)} ${String(sourceFrame)} ${String(frames)} ${String(samples)} ${JSON.stringify(this.#timeline.rate)}`;
    const known = this.#windows.get(key);
    if (known) return known;
    const made = this.#decode(clip.shotId, sourceFrame, frames, samples, signal);
    this.#windows.set(key, made);
    made.catch(() => { this.#windows.delete(key); });
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= keptWindows) break;
      this.#windows.delete(oldest);
    }
    return made;
  }

  async #decode(shotId: number, frame: number, frames: number, samples: number, signal: AbortSignal): Promise<Float32Array | null> {
    const window = await this.#access.sound(shotId, frame, frames, signal);
    const decoded = await decodeSound(shotId, window, this.#access, signal);
    return decoded && (window.sampleRate === this.#rate ? decoded : resample(decoded, samples));
  }

  #sampleAt(frame: number): number {
    return programmeSample(frame, this.#timeline.rate, this.#rate);
  }
}

/** As the engine counts: rounded from the absolute position. */
function programmeSample(frame: number, rate: Rational, sampleRate: number): number {
  return scaleRound(frame, sampleRate * rate.den, rate.num);
}
