/** A finished movie through FFmpeg's own demuxer, one packet at a time. */
import { statSync } from 'node:fs';
import { FormatContext, type Stream } from 'node-av/lib';
import {
  AV_NOPTS_VALUE, AVDISCARD_ALL, AVERROR_EOF, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO, AVSEEK_FLAG_BACKWARD, type AVMediaType,
} from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { check } from '../library.ts';
import { PacketHandle } from '../codec/handles.ts';

/** Demuxers that open nothing but the file they are given. */
const formats = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mxf';

export type Track = 'picture' | 'sound';

export class MovieReader implements Disposable {
  readonly #path: string;
  readonly #packet = new PacketHandle();
  #context: FormatContext | null;
  #tracks: Readonly<Record<Track, Stream | null>>;
  readonly #wanted: readonly Track[];

  /** Reads only the tracks that are `wanted`. Throws `input.missing`, `input.damaged`. */
  constructor(path: string, wanted: readonly Track[]) {
    this.#path = path;
    this.#wanted = wanted;
    try {
      ({ context: this.#context, tracks: this.#tracks } = open(path, wanted));
    } catch (error) {
      this.#packet.free();
      throw error;
    }
  }

  /** The first stream of its kind; null: there is none. Not to be used after this reader is disposed of or has gone back to the start. */
  track(name: Track): Stream | null {
    return this.#tracks[name];
  }

  /** Seconds that the container tells, or null. */
  get seconds(): number | null {
    const { duration } = this.#native;
    return duration > 0n && duration !== AV_NOPTS_VALUE ? Number(duration) / 1e6 : null;
  }

  /** The next packet of a wanted track, valid until the next call; null: the end. False: the demuxer gave up before the end. */
  next(): { readonly track: Track; readonly packet: PacketHandle } | null | false {
    for (;;) {
      this.#packet.native.unref();
      const code = this.#native.readFrameSync(this.#packet.native);
      if (code === AVERROR_EOF) return null;
      if (code < 0) return false;
      const { streamIndex } = this.#packet.native;
      for (const track of this.#wanted) if (this.#tracks[track]?.index === streamIndex) return { track, packet: this.#packet };
    }
  }

  /** Go on at or before the picture packet of that decoding time, if the container can; else `false` and nothing is certain. */
  seek(dts: number): boolean {
    const stream = this.#tracks.picture;
    return stream !== null && this.#native.seekFrameSync(stream.index, BigInt(dts), AVSEEK_FLAG_BACKWARD) >= 0;
  }

  rewind(): void {
    this.#close();
    ({ context: this.#context, tracks: this.#tracks } = open(this.#path, this.#wanted));
  }

  [Symbol.dispose](): void {
    this.#close();
    this.#packet[Symbol.dispose]();
  }

  #close(): void {
    this.#context?.closeInputSync();
    this.#context = null;
    this.#tracks = { picture: null, sound: null };
  }

  get #native(): FormatContext {
    if (!this.#context) throw new StringoutError('internal', 'this movie is already closed');
    return this.#context;
  }
}

/** Null where the packet has no such time. */
export function ticks(value: bigint): number | null {
  return value === AV_NOPTS_VALUE ? null : Number(value);
}

function open(path: string, wanted: readonly Track[]): { context: FormatContext; tracks: Record<Track, Stream | null> } {
  // A pipe would be waited for without end.
  if (!statSync(path).isFile()) throw new StringoutError('input.unsupported', 'is no regular file', { file: path });
  const context = new FormatContext();
  context.allocContext();
  try {
    check(context.setOption('format_whitelist', formats), 'internal', 'the demuxer takes no list of formats');
    check(context.openInputSync(path), 'input.damaged', 'is no movie that can be read back');
    check(context.findStreamInfoSync(), 'input.damaged', 'has streams that cannot be read back');
  } catch (error) {
    context.closeInputSync();
    throw error;
  }
  const first = (type: AVMediaType): Stream | null => context.streams.find((stream) => stream.codecpar.codecType === type) ?? null;
  const tracks = { picture: first(AVMEDIA_TYPE_VIDEO), sound: first(AVMEDIA_TYPE_AUDIO) };
  for (const stream of context.streams) {
    if (!wanted.some((track) => tracks[track]?.index === stream.index)) stream.discard = AVDISCARD_ALL;
  }
  return { context, tracks };
}
