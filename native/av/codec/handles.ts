/**
 * Frames and packets that cannot end the process: always allocated, freed once, refused after that. In FFmpeg a frame without
 * memory crashes, and a packet that was freed means "flush".
 */
import { Frame, Packet } from 'node-av/lib';
import { AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST, AV_NOPTS_VALUE } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { check, pixelFormatId, pixelFormatName } from '../library.ts';

/** Owns a native object; `native` throws once it was disposed of. */
abstract class Handle<T extends Frame | Packet> implements Disposable {
  #native: T | null;

  constructor(native: T) {
    native.alloc();
    this.#native = native;
  }

  get native(): T {
    if (!this.#native) throw new StringoutError('internal', `this ${this.constructor.name} is already freed`);
    return this.#native;
  }

  get isFreed(): boolean {
    return this.#native === null;
  }

  /** Throws where it was freed before. */
  free(): void {
    this.native.free();
    this.#native = null;
  }

  [Symbol.dispose](): void {
    if (this.#native) this.free();
  }
}

export class PacketHandle extends Handle<Packet> {
  constructor() {
    super(new Packet());
  }

  /** Copies the bytes. An empty packet would mean "flush" to a decoder: refused. */
  fill(bytes: Uint8Array, pts: number): void {
    if (bytes.length === 0) throw new StringoutError('decode.failed', 'a sample of no bytes');
    this.native.data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.native.pts = BigInt(pts);
  }
}

export class FrameHandle extends Handle<Frame> {
  constructor() {
    super(new Frame());
  }

  /** A picture with memory of its own, filled with `bytes`: planes one after the other, rows without padding. */
  static picture(width: number, height: number, pixelFormat: string, bytes: Uint8Array): FrameHandle {
    const frame = new FrameHandle();
    try {
      frame.native.width = width;
      frame.native.height = height;
      frame.native.format = pixelFormatId(pixelFormat);
      check(frame.native.getBuffer(), 'memory.exhausted', 'no memory for a picture');
      // Not by `data`: under Electron's memory cage that is a copy, and what is written there is lost.
      check(frame.native.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)), 'internal', 'a picture of the wrong size');
      return frame;
    } catch (error) {
      frame.free();
      throw error;
    }
  }

  /** Another owner of the same memory. */
  share(): FrameHandle {
    const copy = new FrameHandle();
    check(copy.native.ref(this.native), 'memory.exhausted', 'no memory for a frame');
    return copy;
  }

  /** Null where the decoder could not tell. */
  get pts(): number | null {
    const { pts } = this.native;
    return pts === AV_NOPTS_VALUE ? null : Number(pts);
  }

  set pts(value: number) {
    this.native.pts = BigInt(value);
  }

  get isPicture(): boolean {
    return this.native.width > 0 && this.native.height > 0;
  }

  get pixelFormat(): string {
    return pixelFormatName(this.native.format);
  }

  set fieldOrder(order: 'progressive' | 'tff' | 'bff') {
    const { native } = this;
    native.clearFlags(AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST);
    if (order !== 'progressive') native.setFlags(AV_FRAME_FLAG_INTERLACED);
    if (order === 'tff') native.setFlags(AV_FRAME_FLAG_TOP_FIELD_FIRST);
  }
}
