/** What renderings of sound may share, one after the other: open files, decoders, filters. */
import type { ChannelLayoutName } from './channel-matrix.ts';
import { DecoderCache } from './coded-parts.ts';
import { ConverterCache } from './converter-cache.ts';
import type { ConverterOutput } from './sound-converter.ts';
import { SourceFiles } from './source-files.ts';

type Output = ConverterOutput & ChannelLayoutName;

export class SoundTools implements Disposable {
  readonly files = new SourceFiles();
  readonly decoders = new DecoderCache();
  readonly #converters = new Map<string, ConverterCache>();

  converters(output: Output): ConverterCache {
    const key = JSON.stringify([output.sampleFormat, output.sampleRate, output.isWide, output.layout, output.channels]);
    const converters = this.#converters.get(key) ?? new ConverterCache(output);
    this.#converters.set(key, converters);
    return converters;
  }

  [Symbol.dispose](): void {
    for (const converters of this.#converters.values()) converters[Symbol.dispose]();
    this.#converters.clear();
    this.decoders[Symbol.dispose]();
    this.files[Symbol.dispose]();
  }
}
