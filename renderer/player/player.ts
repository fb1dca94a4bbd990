/** The page's end of the player: starts the worker and the sound, passes on what it is told, and knows where the playhead is without asking. */
import { Emitter } from '../../app/base/emitter.ts';
import { sharedFields, type FromWorker, type PlaybackTimeline, type ToWorker } from './player-messages.ts';
import { makeRing } from './sound-ring.ts';
// oxlint-disable-next-line import/default -- vite makes the address of a bundled module the default export of `?worker&url`
import workletUrl from './sound-worklet.ts?worker&url';

const sampleRate = 48_000;
/** Milliseconds after which the browser knows how late sound is. */
const latencyKnownAfter = 1000;

export class Player {
  /** What went wrong, once for each thing that did. */
  readonly trouble = new Emitter<string>();
  /** The frame that was sought is on the screen. */
  readonly shown = new Emitter<number>();
  readonly #worker = new Worker(new URL('player-worker.ts', import.meta.url), { type: 'module' });
  readonly #shared = new SharedArrayBuffer(sharedFields.count * 4);
  readonly #fields = new Int32Array(this.#shared);
  readonly #ring = makeRing();
  readonly #canvas: HTMLCanvasElement;
  readonly #observer: ResizeObserver;
  #context: AudioContext | null = null;
  #preparing: Promise<AudioContext> | null = null;
  #isLatencyKnown = false;
  readonly #idle: number;
  #gain: GainNode | null = null;
  #volume = 1;
  #speed = 0;
  #frame = 0;
  #seeks = 0;
  #settledSeek = 0;

  /** The canvas becomes the player's for good. */
  constructor(canvas: HTMLCanvasElement, mediaBase: string) {
    this.#canvas = canvas;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => { this.#hear(data); });
    this.#worker.addEventListener('error', () => { this.trouble.emit('the player could not be loaded: reload the page'); });
    const offscreen = canvas.transferControlToOffscreen();
    this.#send({ kind: 'start', canvas: offscreen, mediaBase, shared: this.#shared, ring: this.#ring, sampleRate }, [offscreen]);
    this.#observer = new ResizeObserver(() => { this.#resize(); });
    this.#observer.observe(canvas);
    this.#resize();
    this.#idle = requestIdleCallback(() => { this.#sound().catch(() => undefined); }); // told when it is to be heard
  }

  /** Frame of the timeline at the playhead. */
  get frame(): number {
    return this.#speed === 0 || this.#settledSeek < this.#seeks ? this.#frame : Atomics.load(this.#fields, sharedFields.frame);
  }

  get stats(): { readonly openFrames: number; readonly shown: number; readonly missed: number; readonly drawnFrame: number } {
    const of = (field: number): number => Atomics.load(this.#fields, field);
    return { openFrames: of(sharedFields.openFrames), shown: of(sharedFields.shown), missed: of(sharedFields.missed), drawnFrame: of(sharedFields.drawnFrame) };
  }

  /** Another `version` (proxies on or off) has all media read anew. */
  setTimeline(timeline: PlaybackTimeline, mediaBase: string, version: string): void {
    this.#send({ kind: 'timeline', timeline, mediaBase, version });
  }

  seek(frame: number): void {
    this.#frame = frame;
    this.#send({ kind: 'seek', frame, id: ++this.#seeks });
  }

  /** -4 to 4; sound is heard at 1 alone. */
  setSpeed(speed: number): void {
    if (speed === 0) this.#frame = this.frame;
    this.#speed = speed;
    if (speed === 1) {
      this.#openSound().catch((error: unknown) => { this.trouble.emit(error instanceof Error ? error.message : String(error)); }).finally(() => { if (this.#speed === 1) this.#send({ kind: 'speed', speed }); });
      return;
    }
    this.#send({ kind: 'speed', speed });
  }

  /** 0 to 1. */
  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#gain) this.#gain.gain.value = volume;
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#worker.terminate();
    cancelIdleCallback(this.#idle);
    this.#context?.close().catch(() => undefined); // it is being thrown away
  }

  /** Browsers let sound be heard only once a user did something. */
  async #openSound(): Promise<void> {
    const context = await this.#sound();
    await context.resume();
    this.#tellLatency();
    if (this.#isLatencyKnown) return;
    this.#isLatencyKnown = true;
    setTimeout(() => { this.#tellLatency(); }, latencyKnownAfter);
  }

  /** Silent until it is resumed. Made before it is needed: making it holds the page up. */
  #sound(): Promise<AudioContext> {
    this.#preparing ??= this.#prepareSound().catch((error: unknown) => {
      this.#preparing = null;
      throw error;
    });
    return this.#preparing;
  }

  async #prepareSound(): Promise<AudioContext> {
    const context = new AudioContext({ sampleRate, latencyHint: 'playback' });
    this.#context = context;
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'ring-player', { numberOfInputs: 0, outputChannelCount: [2], processorOptions: { ring: this.#ring } });
    const gain = new GainNode(context, { gain: this.#volume });
    node.connect(gain).connect(context.destination);
    this.#gain = gain;
    return context;
  }

  #tellLatency(): void {
    const context = this.#context;
    if (context) this.#send({ kind: 'latency', seconds: context.baseLatency + (context.outputLatency || 0) });
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#send({ kind: 'size', width: Math.round(clientWidth * devicePixelRatio), height: Math.round(clientHeight * devicePixelRatio) });
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'trouble') this.trouble.emit(message.text);
    else {
      this.#settledSeek = Math.max(this.#settledSeek, message.id);
      this.shown.emit(message.frame);
    }
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
}
