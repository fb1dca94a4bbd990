/** The bytes of one source's packets: in place where they lie whole, else unpacked. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaFile } from '../../index/open-media-file.ts';
import { PacketPlaces } from './packet-places.ts';
import { UnpackFile } from './unpack-file.ts';

/** `file`: 0 the source itself, 1 what was unpacked. */
export type Place = { readonly file: number; readonly offset: number };

/** Raised when the same source unpacks to other bytes. */
const formatVersion = 1;

export class PacketStore implements Disposable {
  readonly #file: MediaFile;
  readonly #unpacked: UnpackFile;
  readonly #places = new Map<number, PacketPlaces>();

  constructor(file: MediaFile, unpackDir: string, fingerprint: string) {
    this.#file = file;
    this.#unpacked = new UnpackFile(join(unpackDir, `${fingerprint}-${formatVersion}`));
  }

  /** The packet as it is; `position` as FFmpeg tells it. */
  place(stream: number, position: number, bytes: Buffer): Place {
    let places = this.#places.get(stream);
    if (!places) this.#places.set(stream, places = new PacketPlaces(this.#file));
    const offset = places.find(position, bytes);
    return offset === null ? this.unpack(bytes) : { file: 0, offset };
  }

  /** Bytes that are not in the file. */
  unpack(bytes: Uint8Array): Place {
    return { file: 1, offset: this.#unpacked.append(bytes) };
  }

  /** The files that places refer to. Null: what was unpacked earlier is of no use and gone; index the source again. */
  finish(): readonly string[] | null {
    if (this.#unpacked.length === 0) return [this.#file.path];
    if (this.#unpacked.finish()) return [this.#file.path, this.#unpacked.path];
    rmSync(this.#unpacked.path, { force: true });
    return null;
  }

  [Symbol.dispose](): void {
    this.#unpacked[Symbol.dispose]();
  }
}
