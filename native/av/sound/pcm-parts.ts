/** Sound that is PCM in its file: bytes become frames without a decoder. */
import {
  AV_SAMPLE_FMT_DBL, AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S64, AV_SAMPLE_FMT_U8, type AVSampleFormat,
} from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { SoundInput } from '../../../app/contract/jobs/shared.ts';
import { channelMask, channelNames } from '../../../app/domain/channel-names.ts';
import { anyMask, HeldFrame } from './held-frame.ts';
import { pcmFormat, type PackedFormat } from './pcm-format.ts';
import type { SoundStretch } from './sound-stretch.ts';
import type { SourceFiles } from './source-files.ts';

const sampleFormats: Readonly<Record<PackedFormat, AVSampleFormat>> = {
  u8: AV_SAMPLE_FMT_U8, s16: AV_SAMPLE_FMT_S16, s32: AV_SAMPLE_FMT_S32, s64: AV_SAMPLE_FMT_S64, flt: AV_SAMPLE_FMT_FLT, dbl: AV_SAMPLE_FMT_DBL,
};
/** Sample frames converted at once. */
const blockSamples = 8192;

export function isPcm(codec: string): boolean {
  return pcmFormat(codec) !== null;
}

/** Pushes all of the input's stretches, in order; `checkpoint` between blocks. Throws `input.changed` where the file is too short. */
export async function pushPcm(input: SoundInput, files: SourceFiles, stretch: SoundStretch, checkpoint: () => Promise<void>): Promise<void> {
  const { codec, channels, layout, sampleRate } = input.format;
  const pcm = pcmFormat(codec);
  if (!pcm) throw new StringoutError('internal', `${codec} is not plain PCM`);
  const names = channelNames(layout, channels);
  const mask = (names && channelMask(names)) || anyMask(channels);
  using held = new HeldFrame({ sampleFormat: sampleFormats[pcm.packed], sampleRate, channels, mask }, blockSamples);
  const packed = held.planes[0] ?? new Uint8Array(0);
  const wide = pcm.packedBytes * channels;
  const narrow = pcm.bytes * channels;
  const scratch = pcm.bytes === pcm.packedBytes ? packed : new Uint8Array(blockSamples * narrow);
  for (let i = 0; i < input.size.length; i++) {
    const path = input.files[input.file?.[i] ?? 0] ?? '';
    const samples = Math.floor((input.size[i] ?? 0) / narrow);
    for (let done = 0; done < samples; done += blockSamples) {
      const count = Math.min(blockSamples, samples - done);
      const bytes = scratch.subarray(0, count * narrow);
      files.read(path, (input.offset[i] ?? 0) + done * narrow, bytes);
      pcm.convert(bytes, packed === scratch ? bytes : packed.subarray(0, count * wide));
      held.frame.nbSamples = count;
      held.store();
      stretch.push(held.frame, (input.position[i] ?? 0) + done);
      await checkpoint();
    }
  }
}
