/** The player's worker: everything that happens every frame happens here, and nothing of it on the page's thread. */
import { sameRational } from '../../app/domain/rational.ts';
import { openFrames } from './frame-store.ts';
import { MediaAccess } from './media-access.ts';
import { sharedFields, type FromWorker, type PlaybackTimeline, type ToWorker } from './player-messages.ts';
import { Screen } from './screen.ts';
import { SoundClock } from './sound-clock.ts';
import { SoundMixer } from './sound-mixer.ts';
import { SoundRing } from './sound-ring.ts';
import { Transport } from './transport.ts';

const emptyTimeline: PlaybackTimeline = { rate: { num: 25, den: 1 }, frames: 0, picture: [], sound: [] };

class PlayerWorker {
  readonly #shared: Int32Array;
  readonly #ring: SoundRing;
  readonly #clock: SoundClock;
  readonly #sampleRate: number;
  readonly #screen: Screen;
  readonly #transport: Transport;
  readonly #mixer: SoundMixer;
  #mediaBase: string;
  #version = '';
  #access: MediaAccess;
  /** Null as long as the page has no sound: then pictures keep their own time. */
  #latency: number | null = null;
  #rate = emptyTimeline.rate;
  #isSoundRunning = false;
  #sought: number | null = null;

  constructor({ canvas, mediaBase, shared, ring, sampleRate }: Extract<ToWorker, { kind: 'start' }>) {
    this.#shared = new Int32Array(shared);
    this.#ring = new SoundRing(ring);
    this.#sampleRate = sampleRate;
    this.#screen = new Screen(canvas);
    this.#mediaBase = mediaBase;
    this.#access = new MediaAccess(mediaBase);
    this.#clock = new SoundClock(sampleRate);
    this.#transport = new Transport({ screen: this.#screen, sampleRate, now: () => performance.now(), heard: (now) => this.#heard(now), onTrouble: trouble }, this.#access, emptyTimeline);
    this.#mixer = new SoundMixer(this.#ring, sampleRate, this.#access, emptyTimeline, trouble);
    requestAnimationFrame(this.#tick);
  }

  receive(message: Exclude<ToWorker, { kind: 'start' }>): void {
    switch (message.kind) {
      case 'timeline': this.#setTimeline(message); return;
      case 'seek':
        this.#sought = message.id;
        this.#transport.seek(message.frame);
        if (this.#transport.speed === 1) this.#startSound();
        return;
      case 'speed':
        this.#transport.setSpeed(message.speed);
        if (message.speed === 1) this.#startSound();
        else this.#stopSound();
        return;
      case 'size':
        this.#screen.resize(message.width, message.height);
        this.#transport.redraw();
        return;
      case 'latency': this.#latency = Math.round(message.seconds * this.#sampleRate); return;
    }
  }

  #setTimeline({ timeline, mediaBase, version }: Extract<ToWorker, { kind: 'timeline' }>): void {
    if (mediaBase !== this.#mediaBase || version !== this.#version) {
      this.#access = new MediaAccess(mediaBase);
      told.clear();
    }
    this.#mediaBase = mediaBase;
    this.#version = version;
    const isNewRate = !sameRational(timeline.rate, this.#rate);
    this.#rate = timeline.rate;
    this.#transport.setTimeline(timeline, this.#access);
    // While it plays, what is about to be heard is heard, and the clock goes on.
    this.#mixer.setTimeline(timeline, this.#access);
    if (!isNewRate) return;
    this.#transport.restartClock();
    if (this.#transport.speed === 1) this.#startSound();
  }

  #startSound(): void {
    this.#isSoundRunning = false;
    if (this.#latency === null) return;
    this.#mixer.start(Math.max(0, this.#transport.frame), () => {
      this.#isSoundRunning = true;
      this.#clock.reset();
      this.#transport.restartClock();
      this.#ring.play();
    });
  }

  #stopSound(): void {
    this.#isSoundRunning = false;
    this.#mixer.stop();
  }

  /** Until the sound is ready the clock stands; then it is what has been heard. */
  #heard(now: number): number | null {
    if (this.#latency === null) return null;
    return this.#isSoundRunning ? Math.max(0, this.#clock.at(now, this.#ring.played) - this.#latency) : 0;
  }

  readonly #tick = (now: number): void => {
    // True once what was drawn in a tick before has come to the page.
    if (this.#transport.tick(now) && this.#sought !== null) {
      tell({ kind: 'shown', id: this.#sought, frame: this.#transport.frame });
      this.#sought = null;
    }
    const { frame, shown, missed, drawnFrame } = this.#transport;
    Atomics.store(this.#shared, sharedFields.frame, frame);
    Atomics.store(this.#shared, sharedFields.openFrames, openFrames.count);
    Atomics.store(this.#shared, sharedFields.shown, shown);
    Atomics.store(this.#shared, sharedFields.missed, missed);
    Atomics.store(this.#shared, sharedFields.drawnFrame, drawnFrame);
    requestAnimationFrame(this.#tick);
  };
}

function tell(message: FromWorker): void {
  postMessage(message);
}

/** Each thing once, until media are read anew: a clip that cannot be shown is asked for again and again. */
const told = new Set<string>();

function trouble(error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  if (told.has(text)) return;
  told.add(text);
  tell({ kind: 'trouble', text });
}

let worker: PlayerWorker | null = null;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') worker = new PlayerWorker(data);
  else worker?.receive(data);
});
