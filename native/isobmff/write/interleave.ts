/**
 * The order of bytes in the movie. Picture and sound go in order of time, but where they lie in one source file its own order is
 * kept, so that a whole camera file is read as one run; elsewhere they take turns of half a second.
 */
import type { PictureColumns } from './picture-samples.ts';
import type { SoundColumns } from './sound-pieces.ts';

/** Runs of bytes in the order of the movie. A transformed sample is an extent of its own. */
export type Extents = {
  readonly count: number;
  readonly file: Uint32Array;
  readonly offset: Float64Array;
  /** Bytes in the file, and in the movie. */
  readonly length: Float64Array;
  readonly written: Float64Array;
  readonly transform: Int32Array;
};

/** A chunk begins `within` bytes into an extent. */
export type ChunkList = { readonly extent: Uint32Array; readonly within: Float64Array; readonly samples: Uint32Array };

export type Interleaving = { readonly extents: Extents; readonly picture: ChunkList; readonly sound: ChunkList };

/** Seconds by which one track may run ahead in the file: the first where sources are apart, the second within one source. */
const turn = 0.5;
const drift = 2;
/** Seconds of one track in a chunk at most. */
const chunkSeconds = 1;

class Chunks {
  readonly extent: number[] = [];
  readonly within: number[] = [];
  readonly samples: number[] = [];

  open(extent: number, within: number): void {
    this.extent.push(extent);
    this.within.push(within);
    this.samples.push(0);
  }

  add(samples: number): void {
    const last = this.samples.length - 1;
    this.samples[last] = (this.samples[last] ?? 0) + samples;
  }

  list(): ChunkList {
    return { extent: Uint32Array.from(this.extent), within: Float64Array.from(this.within), samples: Uint32Array.from(this.samples) };
  }
}

/** Grows as it must: a movie of whole shots has a few extents a shot, one of rewritten samples one for each. */
class ExtentList {
  count = 0;
  file = new Uint32Array(firstCapacity);
  offset = new Float64Array(firstCapacity);
  length = new Float64Array(firstCapacity);
  written = new Float64Array(firstCapacity);
  transform = new Int32Array(firstCapacity);

  follows(file: number, offset: number): boolean {
    const last = this.count - 1;
    return last >= 0 && this.file[last] === file && (this.offset[last] ?? 0) + (this.length[last] ?? 0) === offset;
  }

  /** True: a new extent began. */
  add(file: number, offset: number, length: number, written: number, transform: number): boolean {
    const last = this.count - 1;
    if (transform < 0 && this.transform[last] === -1 && this.follows(file, offset)) {
      this.length[last] = (this.length[last] ?? 0) + length;
      this.written[last] = (this.written[last] ?? 0) + length;
      return false;
    }
    const next = this.count++;
    if (next === this.file.length) this.#grow(2 * next);
    this.file[next] = file;
    this.offset[next] = offset;
    this.length[next] = length;
    this.written[next] = written;
    this.transform[next] = transform;
    return true;
  }

  #grow(capacity: number): void {
    this.file = enlarged(this.file, new Uint32Array(capacity));
    this.offset = enlarged(this.offset, new Float64Array(capacity));
    this.length = enlarged(this.length, new Float64Array(capacity));
    this.written = enlarged(this.written, new Float64Array(capacity));
    this.transform = enlarged(this.transform, new Int32Array(capacity));
  }
}

const firstCapacity = 4096;

function enlarged<T extends { set(values: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** `rate`: pictures a second. `isSplit`: every extent begins a chunk, so that unreferenced bytes may stand before it. */
export function interleave(picture: PictureColumns | null, rate: number, sound: SoundColumns | null, sampleRate: number, isSplit: boolean): Interleaving {
  const pictures = picture?.count ?? 0;
  const sounds = sound?.count ?? 0;
  const extents = new ExtentList();
  const pictureChunks = new Chunks();
  const soundChunks = new Chunks();
  let p = 0;
  let s = 0;
  let last: 'none' | 'picture' | 'sound' = 'none';
  let chunkStart = 0;
  while (p < pictures || s < sounds) {
    const pictureTime = p / rate;
    const soundTime = (sound?.start[s] ?? 0) / sampleRate;
    const isPicture = s >= sounds || (p < pictures && picturesTurn(picture, p, pictureTime, sound, s, soundTime, extents, last === 'picture'));
    if (isPicture && picture) {
      const isNew = extents.add(picture.file[p] ?? 0, picture.offset[p] ?? 0, picture.size[p] ?? 0, picture.written[p] ?? 0, picture.transform[p] ?? -1);
      if (last !== 'picture' || pictureTime - chunkStart >= chunkSeconds || (isNew && isSplit)) {
        pictureChunks.open(extents.count - 1, (extents.written[extents.count - 1] ?? 0) - (picture.written[p] ?? 0));
        chunkStart = pictureTime;
      }
      pictureChunks.add(1);
      last = 'picture';
      p++;
    } else if (sound) {
      const size = sound.size[s] ?? 0;
      const isNew = extents.add(sound.file[s] ?? 0, sound.offset[s] ?? 0, size, size, -1);
      if (last !== 'sound' || soundTime - chunkStart >= chunkSeconds || (isNew && isSplit)) {
        soundChunks.open(extents.count - 1, (extents.written[extents.count - 1] ?? 0) - size);
        chunkStart = soundTime;
      }
      soundChunks.add(sound.samples[s] ?? 0);
      last = 'sound';
      s++;
    }
  }
  return { extents, picture: pictureChunks.list(), sound: soundChunks.list() };
}

function picturesTurn(
  picture: PictureColumns | null, p: number, pictureTime: number, sound: SoundColumns | null, s: number, soundTime: number,
  extents: ExtentList, wasPicture: boolean,
): boolean {
  const ahead = pictureTime - soundTime;
  const pictureFile = picture?.file[p] ?? 0;
  const soundFile = sound?.file[s] ?? 0;
  const pictureOffset = picture?.offset[p] ?? 0;
  const soundOffset = sound?.offset[s] ?? 0;
  if (ahead < drift && extents.follows(pictureFile, pictureOffset)) return true;
  if (-ahead < drift && extents.follows(soundFile, soundOffset)) return false;
  if (pictureFile === soundFile && Math.abs(ahead) < drift) return pictureOffset < soundOffset;
  return wasPicture ? ahead < turn : ahead <= -turn;
}
