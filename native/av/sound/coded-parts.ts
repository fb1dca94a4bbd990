/** Sound that needs a decoder: packets become frames with their place in the source. */
import { createHash } from 'node:crypto';
import type { SoundInput } from '../../../app/contract/jobs/shared.ts';
import { PacketReader } from './packet-reader.ts';
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
  const packets = new PacketReader(input, files);
  let next = 0;
  const take = (frame: Parameters<SoundStretch['push']>[0], packet: number | null): void => {
    // A decoder may give another rate than the container tells: AAC with SBR doubles it.
    const position = packet === null ? next : Math.round(((input.position[packet] ?? 0) * frame.sampleRate) / input.format.sampleRate);
    next = position + frame.nbSamples;
    stretch.push(frame, position);
  };
  for (let i = 0; i < input.size.length; i++) {
    if (!decoder.decode(packets.packet(i), i, take)) failed.push(i);
    await checkpoint();
  }
  decoder.decode(null, 0, take);
  return failed;
}
