/** The player's worker: everything that happens every frame happens here, and nothing of it on the page's thread. */
import { MediaAccess } from './media-access.ts';
import { sharedFields, type FromWorker, type PlaybackTimeline, type ToWorker } from './player-messages.ts';
import { Screen } from './screen.ts';
import { SoundMixer } from './sound-mixer.ts';
import { SoundRing } from './sound-ring.ts';
import { Transport } from './transport.ts';

const emptyTimeline: PlaybackTimeline = { rate: { num: 25, den: 1 }, frames: 0, picture: [], sound: [] };

class PlayerWorker {
  readonly #shared: Int32Array;
  readonly #ring: SoundRing;
  readonly #sampleRate: number;
  readonly #screen: Screen;
  readonly #transport: Transport;
  readonly #mixer: SoundMixer;
  #mediaBase: string;
  #version = '';
  #access: MediaAccess;
  #latency = 0;
  #isSoundRunning = false;
  #sought: number | null = null;

  constructor({ canvas, mediaBase, shared, ring, sampleRate }: Extract<ToWorker, { kind: 'start' }>) {
    this.#shared = new Int32Array(shared);
    this.#ring = new SoundRing(ring);
    this.#sampleRate = sampleRate;
    this.#screen = new Screen(canvas);
    this.#mediaBase = mediaBase;
    this.#access = new MediaAccess(mediaBase);
    this.#transport = new Transport({ screen: this.#screen, heard: () => this.#heard(), onTrouble: trouble }, this.#access, emptyTimeline);
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
        this.#transport.size();
        return;
      case 'latency': this.#latency = message.seconds; return;
    }
  }

  #setTimeline({ timeline, mediaBase, version }: Extract<ToWorker, { kind: 'timeline' }>): void {
    if (mediaBase !== this.#mediaBase || version !== this.#version) this.#access = new MediaAccess(mediaBase);
    this.#mediaBase = mediaBase;
    this.#version = version;
    this.#transport.setTimeline(timeline, this.#access);
    this.#mixer.setTimeline(timeline, this.#access);
    // What was mixed ahead is of the timeline before.
    if (this.#transport.speed === 1) this.#startSound();
  }

  #startSound(): void {
    this.#isSoundRunning = false;
    this.#mixer.start(Math.max(0, this.#transport.frame), () => {
      this.#isSoundRunning = true;
      this.#transport.restartClock();
      this.#ring.play();
    });
  }

  #stopSound(): void {
    this.#isSoundRunning = false;
    this.#mixer.stop();
  }

  /** Until the sound is ready the clock stands; then it is what has been heard. */
  #heard(): number {
    return this.#isSoundRunning ? Math.max(0, this.#ring.played / this.#sampleRate - this.#latency) : 0;
  }

  readonly #tick = (now: number): void => {
    const isDrawn = this.#transport.tick(now);
    const { frame, openFrames, shown, missed, drawnFrame } = this.#transport;
    Atomics.store(this.#shared, sharedFields.frame, frame);
    Atomics.store(this.#shared, sharedFields.openFrames, openFrames);
    Atomics.store(this.#shared, sharedFields.shown, shown);
    Atomics.store(this.#shared, sharedFields.missed, missed);
    Atomics.store(this.#shared, sharedFields.drawnFrame, drawnFrame);
    if (isDrawn && this.#sought !== null) {
      tell({ kind: 'shown', id: this.#sought, frame });
      this.#sought = null;
    }
    requestAnimationFrame(this.#tick);
  };
}

function tell(message: FromWorker): void {
  postMessage(message);
}

function trouble(error: unknown): void {
  tell({ kind: 'trouble', text: error instanceof Error ? error.message : String(error) });
}

let worker: PlayerWorker | null = null;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'start') worker = new PlayerWorker(data);
  else worker?.receive(data);
});
