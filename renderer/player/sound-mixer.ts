/** The programme's sound ahead of the playhead: windows of its clips placed by whole samples, summed, put into the ring. */
import { programmeSample } from '../../app/domain/plan/sound-position.ts';
import { rationalToNumber, sameRational } from '../../app/domain/rational.ts';
import type { MediaAccess } from './media-access.ts';
import type { HeardClip, PlaybackTimeline } from './player-messages.ts';
import type { SoundRing } from './sound-ring.ts';
import { SoundWindows } from './sound-windows.ts';

/** Seconds of the programme in one decoding. */
const windowSeconds = 2;
/** Samples mixed at once. */
const block = 12_000;
/** Samples that are ready before the clock starts. */
const enough = 9600;
/** Milliseconds between looks at a full ring. */
const pause = 40;

export class SoundMixer {
  readonly #ring: SoundRing;
  readonly #rate: number;
  #windows: SoundWindows;
  #access: MediaAccess;
  #timeline: PlaybackTimeline;
  #run: AbortController | null = null;
  /** Programme sample at the ring's beginning. */
  #origin = 0;
  #ready: (() => void) | null = null;
  readonly #onTrouble: (error: unknown) => void;

  constructor(ring: SoundRing, sampleRate: number, access: MediaAccess, timeline: PlaybackTimeline, onTrouble: (error: unknown) => void) {
    this.#ring = ring;
    this.#rate = sampleRate;
    this.#access = access;
    this.#timeline = timeline;
    this.#onTrouble = onTrouble;
    this.#windows = new SoundWindows(access, sampleRate, onTrouble);
  }

  /** What plays goes on: from a moment ahead on it is the new timeline's. */
  setTimeline(timeline: PlaybackTimeline, access: MediaAccess): void {
    if (access !== this.#access || !sameRational(timeline.rate, this.#timeline.rate)) {
      this.#windows.close();
      this.#windows = new SoundWindows(access, this.#rate, this.#onTrouble);
    }
    this.#timeline = timeline;
    this.#access = access;
    if (!this.#run) return;
    this.#ring.takeBack();
    this.#fill();
  }

  /** Fills the ring from a frame of the timeline on; `ready` is called once enough is there, and playing may start. */
  start(frame: number, ready: () => void): void {
    this.stop();
    this.#origin = this.#sampleAt(frame);
    this.#ready = ready;
    this.#fill();
  }

  stop(): void {
    this.#run?.abort();
    this.#run = null;
    this.#ready = null;
    this.#ring.reset();
  }

  #fill(): void {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.#work(run.signal).catch(this.#onTrouble);
  }

  async #work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#ring.room < block) await new Promise((resolve) => { setTimeout(resolve, pause); });
      else {
        const mixed = await this.#mix(this.#origin + this.#ring.end, signal);
        if (signal.aborted) return;
        this.#ring.write(mixed);
      }
      if (!signal.aborted && this.#ready && this.#ring.filled >= enough) {
        const ready = this.#ready;
        this.#ready = null;
        ready();
      }
    }
  }

  async #mix(position: number, signal: AbortSignal): Promise<Float32Array> {
    const mixed = new Float32Array(block * 2);
    const end = position + block;
    for (const clip of this.#timeline.sound) {
      const start = this.#sampleAt(clip.start);
      if (start >= end || signal.aborted) break;
      const stop = this.#sampleAt(clip.start + clip.length);
      if (stop > position) await this.#add(clip, Math.max(position, start), Math.min(end, stop), mixed, position);
    }
    // Over full scale it is clipped, as the movie's is.
    for (let i = 0; i < mixed.length; i++) mixed[i] = Math.max(-1, Math.min(1, mixed[i] ?? 0));
    return mixed;
  }

  /** Adds programme samples [from, to) of the clip. */
  async #add(clip: HeardClip, from: number, to: number, mixed: Float32Array, position: number): Promise<void> {
    const gain = 10 ** (clip.gain / 20);
    const { rate } = this.#timeline;
    const step = Math.max(1, Math.round(windowSeconds * rationalToNumber(rate)));
    for (let frame = clip.start; frame < clip.start + clip.length; frame += step) {
      const windowEnd = Math.min(clip.start + clip.length, frame + step);
      const begin = this.#sampleAt(frame);
      const end = this.#sampleAt(windowEnd);
      if (end <= from) continue;
      if (begin >= to) return;
      const sound = await this.#windows.get(clip.shotId, clip.sourceIn + frame - clip.start, windowEnd - frame, end - begin);
      if (!sound) continue;
      const last = Math.min(to, end);
      for (let at = Math.max(from, begin), source = 2 * (at - begin), target = 2 * (at - position); at < last; at++, source += 2, target += 2) {
        mixed[target] = (mixed[target] ?? 0) + gain * (sound[source] ?? 0);
        mixed[target + 1] = (mixed[target + 1] ?? 0) + gain * (sound[source + 1] ?? 0);
      }
    }
  }

  #sampleAt(frame: number): number {
    return programmeSample(frame, this.#timeline.rate, this.#rate);
  }
}
