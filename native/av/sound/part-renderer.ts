/** Clips' sound onto the programme, one part after the other. */
import { StringoutError, withPlace } from '../../../app/base/errors.ts';
import type { SoundPart } from '../../../app/contract/jobs/sound-render.ts';
import type { ChannelLayoutName } from './channel-matrix.ts';
import { pushCoded } from './coded-parts.ts';
import type { ConverterCache } from './converter-cache.ts';
import { isPcm, pushPcm } from './pcm-parts.ts';
import type { SampleBlocks } from './sample-blocks.ts';
import type { ConverterOutput } from './sound-converter.ts';
import { SoundStretch } from './sound-stretch.ts';
import type { SoundTools } from './sound-tools.ts';

export class PartRenderer {
  readonly #tools: SoundTools;
  readonly #converters: ConverterCache;
  readonly #warnings = new Set<string>();
  /** Packets that were to be heard, and those of them that were not. */
  #wanted = 0;
  #failed = 0;
  #firstFailed: SoundPart | null = null;

  constructor(output: ConverterOutput & ChannelLayoutName, tools: SoundTools) {
    this.#tools = tools;
    this.#converters = tools.converters(output);
  }

  /** Sentences that name their clip, each once. */
  get warnings(): readonly string[] {
    return [...this.#warnings];
  }

  /** Puts the part at its place in `blocks`; what its source lacks is left to be silence. Errors name the clip. */
  async render(part: SoundPart, blocks: SampleBlocks, checkpoint: () => Promise<void>): Promise<void> {
    const { input, from, at } = part;
    const end = from + part.length;
    const { files, decoders } = this.#tools;
    const stretch = new SoundStretch(this.#converters, (position, planes, offset, length) => {
      const first = Math.max(position, from);
      const last = Math.min(position + length, end);
      if (first < last) blocks.write(at + first - from, planes, offset + first - position, last - first);
    });
    this.#converters.declare(input.format, (note) => this.#warnings.add(`${part.clip}: ${note}`));
    try {
      if (isPcm(input.format.codec)) await pushPcm(input, files, stretch, checkpoint);
      else this.#count(part, await pushCoded(input, files, decoders.forInput(input), stretch, checkpoint));
      stretch.end();
    } catch (error) {
      throw withPlace(error, { clip: part.clip, ...(input.files[0] === undefined ? {} : { file: input.files[0] }) });
    }
  }

  /** Throws `decode.failed` if nothing of what was wanted could be decoded. */
  finish(): void {
    if (this.#wanted > 0 && this.#failed === this.#wanted) {
      throw new StringoutError('decode.failed', 'none of its sound can be decoded; make it silent or take the sound from another file', {
        clip: this.#firstFailed?.clip, file: this.#firstFailed?.input.files[0],
      });
    }
  }

  /** Packets before and after the part are there for the decoder's and resampler's sake: their failures are nobody's loss. */
  #count(part: SoundPart, failed: readonly number[]): void {
    const { position, format } = part.input;
    const rate = format.sampleRate / this.#converters.output.sampleRate;
    const isHeard = (i: number): boolean =>
      (position[i + 1] ?? Infinity) > part.from * rate && (position[i] ?? 0) < (part.from + part.length) * rate;
    const lost = failed.filter(isHeard).length;
    for (let i = 0; i < position.length; i++) if (isHeard(i)) this.#wanted++;
    this.#failed += lost;
    if (lost > 0) this.#firstFailed ??= part;
    if (lost > 0) this.#warnings.add(`${part.clip}: ${lost} of its sound packets cannot be decoded and are silent`);
  }
}
