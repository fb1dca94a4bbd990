/** The waveform of a shot: its sound decoded once in blocks, of which the lowest and highest samples are kept. */
import type { PeaksMakeRequest } from '../../../app/contract/jobs/preview.ts';
import { peaksPerSecond, writePeaks } from '../../../app/contract/peaks-file.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { renderSound } from '../sound/render-sound.ts';
import { writeWhole } from './picture-file.ts';

/** Throws `decode.failed`, `input.changed`. */
export async function makePeaks({ part, sampleRate, path }: PeaksMakeRequest, context: JobContext): Promise<void> {
  const channels = part.input.format.channels === 1 ? 1 : 2;
  const count = Math.ceil((part.length * peaksPerSecond) / sampleRate);
  const values = new Int8Array(count * 2 * channels);
  let sample = 0;
  await renderSound({
    bitRate: 0, from: 0, to: part.length, parts: [part],
    format: { codec: 'pcm_f32le', tag: '', sampleRate, channels, layout: channels === 1 ? 'mono' : 'stereo', bits: 32 },
  }, (bytes) => {
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    for (let i = 0; i < floats.length; i += channels, sample++) {
      const bucket = Math.floor((sample * peaksPerSecond) / sampleRate) * 2 * channels;
      for (let channel = 0; channel < channels; channel++) {
        const value = Math.max(-127, Math.min(127, Math.round((floats[i + channel] ?? 0) * 127)));
        const at = bucket + 2 * channel;
        if (value < (values[at] ?? 0)) values[at] = value;
        if (value > (values[at + 1] ?? 0)) values[at + 1] = value;
      }
    }
  }, context);
  await writeWhole(path, writePeaks(channels, values));
}
