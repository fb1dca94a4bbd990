/** Converters of one clip's sound to the programme's, one for each format that its frames have. */
import type { Frame } from 'node-av/lib';
import { AV_CHANNEL_ORDER_NATIVE } from 'node-av/constants';
import { channelMatrix, type ChannelLayoutName, type ChannelMatrix } from './channel-matrix.ts';
import { maskNames } from '../../../app/domain/channel-names.ts';
import { anyMask, type FrameShape } from './held-frame.ts';
import { SoundConverter, type ConverterOutput } from './sound-converter.ts';

/** Filters and buffers of more formats than this are not kept. */
const kept = 8;

export class ConverterCache implements Disposable {
  readonly output: ConverterOutput & ChannelLayoutName;
  readonly #converters = new Map<string, SoundConverter>();
  #declared: ChannelLayoutName = { layout: '', channels: 0 };
  #note: (text: string) => void = () => undefined;

  constructor(output: ConverterOutput & ChannelLayoutName) {
    this.output = output;
  }

  /**
   * The layout that a clip's index tells, which wins over the decoder's where the number of channels is the same; `note` hears what of
   * the clip gets lost.
   */
  declare(layout: ChannelLayoutName, note: (text: string) => void): void {
    this.#declared = layout;
    this.#note = note;
  }

  forFrame(frame: Frame): SoundConverter {
    const { nbChannels: channels, order, mask } = frame.channelLayout;
    const isNative = order === AV_CHANNEL_ORDER_NATIVE && mask > 0n;
    const layout = this.#declared.channels === channels ? this.#declared.layout : layoutOf(isNative ? mask : 0n, channels);
    const shape: FrameShape = { sampleFormat: frame.format as FrameShape['sampleFormat'], sampleRate: frame.sampleRate, channels, mask: isNative ? mask : anyMask(channels) };
    const matrix = channelMatrix({ layout, channels }, this.output);
    if (matrix.note) this.#note(matrix.note);
    return this.#get(shape, matrix);
  }

  [Symbol.dispose](): void {
    for (const converter of this.#converters.values()) converter[Symbol.dispose]();
    this.#converters.clear();
  }

  #get(shape: FrameShape, matrix: ChannelMatrix): SoundConverter {
    const key = `${shape.sampleFormat} ${shape.sampleRate} ${shape.mask} ${matrix.weights.join()}`;
    const converter = this.#converters.get(key) ?? new SoundConverter(shape, this.output, matrix);
    this.#converters.delete(key);
    this.#converters.set(key, converter);
    for (const [old, unused] of this.#converters) {
      if (this.#converters.size <= kept) break;
      unused[Symbol.dispose]();
      this.#converters.delete(old);
    }
    return converter;
  }
}

function layoutOf(mask: bigint, channels: number): string {
  return maskNames(mask)?.join('+') ?? `${channels} channels`;
}
