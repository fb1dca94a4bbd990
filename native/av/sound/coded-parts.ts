/** Sound that needs a decoder: packets become frames with their place in the source. */
import { createHash } from 'node:crypto';
import type { SoundInput } from '../../../app/contract/jobs/shared.ts';
import { SoundDecoder } from './sound-decoder.ts';
import type { SoundStretch } from './sound-stretch.ts';
import type { SourceFiles } from './source-files.ts';

/** Decoders of more configurations than this are closed again. */
const kept = 4;

export class DecoderCache implements Disposable {
  readonly #decoders = new Map<string, SoundDecoder>();

  /** A decoder that knows nothing of the sound before. */
  forInput(input: SoundInput): SoundDecoder {
    const key = createHash('sha1').update(JSON.stringify(input.format)).update(input.config).digest('hex');
    const decoder = this.#decoders.get(key) ?? new SoundDecoder(input.format, input.config);
    this.#decoders.delete(key);
    this.#decoders.set(key, decoder);
    for (const [old, unused] of this.#decoders) {
      if (this.#decoders.size <= kept) break;
      unused[Symbol.dispose]();
      this.#decoders.delete(old);
    }
    decoder.restart();
    return decoder;
  }

  [Symbol.dispose](): void {
    for (const decoder of this.#decoders.values()) decoder[Symbol.dispose]();
    this.#decoders.clear();
  }
}

/** Decodes all packets of the input, in order. Returns which of them did not decode; they leave holes. */
export async function pushCoded(
  input: SoundInput, files: SourceFiles, decoder: SoundDecoder, stretch: SoundStretch, checkpoint: () => Promise<void>,
): Promise<readonly number[]> {
  const failed: number[] = [];
  let scratch = new Uint8Array(1 << 14);
  let next = 0;
  const take = (frame: Parameters<SoundStretch['push']>[0], packet: number | null): void => {
    // A decoder may give another rate than the container tells: AAC with SBR doubles it.
    const position = packet === null ? next : Math.round(((input.position[packet] ?? 0) * frame.sampleRate) / input.format.sampleRate);
    next = position + frame.nbSamples;
    stretch.push(frame, position);
  };
  for (let i = 0; i < input.size.length; i++) {
    const size = input.size[i] ?? 0;
    if (size > scratch.length) scratch = new Uint8Array(2 * size);
    const bytes = scratch.subarray(0, size);
    files.read(input.files[input.file?.[i] ?? 0] ?? '', input.offset[i] ?? 0, bytes);
    if (!decoder.decode(bytes, i, take)) failed.push(i);
    await checkpoint();
  }
  decoder.decode(null, 0, take);
  return failed;
}
