/** A window of sound as stereo floats, exact to the sample: packets before it are decoded and cut off, PCM is read as it stands. */
import type { SoundWindow } from '../../app/contract/playback.ts';
import { fromBase64 } from '../../app/domain/playback/base64.ts';
import type { MediaAccess } from './media-access.ts';
import { readPcm } from './read-pcm.ts';

/** Interleaved, at the source's rate, `length` frames; null where the browser cannot decode it. */
export async function decodeSound(shotId: number, window: SoundWindow, access: MediaAccess, signal: AbortSignal): Promise<Float32Array | null> {
  const { codec, packets, from, length, channels, variant } = window;
  if (codec === null) return null;
  const bytes = await access.bytes(shotId, variant, packets, signal);
  const result = new Float32Array(length * 2);
  const place = (position: number, frames: number, at: (channel: number, frame: number) => number): void => {
    const first = Math.max(0, from - position);
    const end = Math.min(frames, from + length - position);
    for (let i = first; i < end; i++) mixDown(result, 2 * (position + i - from), channels, (channel) => at(channel, i));
  };
  if (codec.startsWith('pcm_')) {
    bytes.forEach((data, i) => {
      const samples = readPcm(codec, data);
      place(packets.position[i] ?? 0, samples.length / channels, (channel, frame) => samples[frame * channels + channel] ?? 0);
    });
    return result;
  }
  return await decodeCoded(window, bytes, place, signal) ? result : null;
}

type Place = (position: number, frames: number, at: (channel: number, frame: number) => number) => void;

async function decodeCoded({ codec, description, sampleRate, channels, packets }: SoundWindow, bytes: readonly Uint8Array<ArrayBuffer>[], place: Place, signal: AbortSignal): Promise<boolean> {
  const config: AudioDecoderConfig = { codec: codec ?? '', sampleRate, numberOfChannels: channels, ...(description === null ? {} : { description: fromBase64(description) }) };
  if ((await AudioDecoder.isConfigSupported(config)).supported !== true) return false;
  /** Decoders give all their samples in order: counted, so that no rounding of times moves any. */
  let position = packets.position[0] ?? 0;
  let failure: DOMException | null = null;
  const decoder = new AudioDecoder({
    output: (data) => {
      const planes = Array.from({ length: data.numberOfChannels }, (_, channel) => {
        const plane = new Float32Array(data.numberOfFrames);
        data.copyTo(plane, { planeIndex: channel, format: 'f32-planar' });
        return plane;
      });
      place(position, data.numberOfFrames, (channel, frame) => planes[channel]?.[frame] ?? 0);
      position += data.numberOfFrames;
      data.close();
    },
    error: (error) => { failure = error; },
  });
  try {
    decoder.configure(config);
    bytes.forEach((data, i) => { decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: Math.round(((packets.position[i] ?? 0) * 1e6) / sampleRate), data })); });
    await decoder.flush();
  } catch (error) {
    if (!signal.aborted) throw failure ?? error;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return true;
}

const half = Math.SQRT1_2;

/** Mono to both; of more the usual order: left, right, centre, low, then the sides. */
function mixDown(target: Float32Array, at: number, channels: number, sample: (channel: number) => number): void {
  const left = sample(0);
  const right = channels > 1 ? sample(1) : left;
  const centre = channels > 2 && channels !== 4 ? sample(2) * half : 0;
  const sideLeft = channels >= 6 ? sample(4) * half : channels === 4 ? sample(2) * half : 0;
  const sideRight = channels >= 6 ? sample(5) * half : channels === 4 ? sample(3) * half : 0;
  target[at] = left + centre + sideLeft;
  target[at + 1] = right + centre + sideRight;
}
