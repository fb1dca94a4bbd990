/**
 * Where a packet's bytes lie in its file, proven by reading them there. FFmpeg tells the start of what held the packet (a block, a chunk, a KLV),
 * which is a few bytes before it; a packet that was put together of several pieces lies nowhere.
 */
import type { MediaFile } from '../../index/open-media-file.ts';

/** What may stand between the place that FFmpeg tells and the packet. */
const mostHeader = 256;
/** As much of the packet's beginning is looked for. */
const needle = 48;

export class PacketPlaces {
  readonly #file: MediaFile;
  #scratch = Buffer.allocUnsafe(64 * 1024);
  /** Bytes between the place told and the packet, last time: mostly the same. */
  #distance = 0;
  #end = -1;

  /** For the packets of one stream, in the file's order. */
  constructor(file: MediaFile) {
    this.#file = file;
  }

  /** Null: it does not lie whole in the file. */
  find(position: number, bytes: Buffer): number | null {
    const offset = (position >= 0 ? this.#near(position, bytes) : null) ?? this.#behindLast(bytes);
    if (offset !== null) this.#end = offset + bytes.length;
    return offset;
  }

  #near(position: number, bytes: Buffer): number | null {
    const read = this.#read(position, mostHeader + bytes.length);
    if (isAt(read, this.#distance, bytes)) return position + this.#distance;
    const head = bytes.subarray(0, needle);
    for (let at = read.indexOf(head); at >= 0 && at <= mostHeader; at = read.indexOf(head, at + 1)) {
      if (!isAt(read, at, bytes)) continue;
      this.#distance = at;
      return position + at;
    }
    return null;
  }

  /** Frames that share a block or a PES packet. */
  #behindLast(bytes: Buffer): number | null {
    return this.#end >= 0 && isAt(this.#read(this.#end, bytes.length), 0, bytes) ? this.#end : null;
  }

  #read(offset: number, length: number): Buffer {
    if (length > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(2 * length);
    return this.#scratch.subarray(0, this.#file.readInto(offset, this.#scratch.subarray(0, length)));
  }
}

function isAt(read: Buffer, at: number, bytes: Buffer): boolean {
  return at + bytes.length <= read.length && read.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0;
}
