/** A window of sound as stereo floats, exact to the sample: packets before it are decoded and cut off, PCM is read as it stands. */
import type { SoundWindow } from '../../app/contract/playback.ts';
import { fromBase64 } from '../../app/domain/playback/base64.ts';
import type { MediaAccess } from './media-access.ts';
import { mixDown } from './mix-down.ts';
import { readPcm } from './read-pcm.ts';

/** Interleaved, at the source's rate, `length` frames. Throws where the browser cannot decode it. */
export async function decodeSound(shotId: number, window: SoundWindow, access: MediaAccess, signal: AbortSignal): Promise<Float32Array> {
  const { codec, packets, from, length, channels, variant } = window;
  const result = new Float32Array(length * 2);
  if (codec === null) throw new Error('the browser cannot play this sound: make a proxy of the shot');
  const bytes = await access.bytes(shotId, variant, packets, signal);
  const place = (position: number, planes: readonly Float32Array[]): void => { mixDown(result, planes, position - from); };
  if (codec.startsWith('pcm_')) bytes.forEach((data, i) => { place(packets.position[i] ?? 0, readPcm(codec, data, channels)); });
  else await decodeCoded(window, bytes, place);
  return result;
}

async function decodeCoded({ codec, description, sampleRate, channels, first, packets }: SoundWindow, bytes: readonly Uint8Array<ArrayBuffer>[], place: (position: number, planes: readonly Float32Array[]) => void): Promise<void> {
  const config: AudioDecoderConfig = { codec: codec ?? '', sampleRate, numberOfChannels: channels, ...(description === null ? {} : { description: fromBase64(description) }) };
  if ((await AudioDecoder.isConfigSupported(config)).supported !== true) throw new Error('the browser cannot play this sound: make a proxy of the shot');
  const begin = packets.position[0] ?? 0;
  /** Decoders give all their samples in order: counted, so that no rounding of times moves any. */
  let position = first;
  let failure: DOMException | null = null;
  const decoder = new AudioDecoder({
    output: (data) => {
      const planes = Array.from({ length: data.numberOfChannels }, (_, channel) => {
        const plane = new Float32Array(data.numberOfFrames);
        data.copyTo(plane, { planeIndex: channel, format: 'f32-planar' });
        return plane;
      });
      place(position, planes);
      position += data.numberOfFrames;
      data.close();
    },
    error: (error) => { failure = error; },
  });
  try {
    decoder.configure(config);
    bytes.forEach((data, i) => { decoder.decode(new EncodedAudioChunk({ type: 'key', timestamp: Math.round((((packets.position[i] ?? 0) - begin) * 1e6) / sampleRate), data })); });
    await decoder.flush();
  } catch (error) {
    throw new Error(`the browser could not decode this sound${failure === null ? '' : `: ${String(failure)}`}`, { cause: error });
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
}
