/** Sample entries of sound: AAC (ISO 14496-14) and PCM (QuickTime's 'lpcm', version 2, which holds any width and channel count). */
import { StringoutError } from '../../../app/base/errors.ts';
import type { MovieSound } from '../../../app/domain/movie.ts';
import type { Container } from '../../../app/domain/profile.ts';
import { channelMask, channelNames } from '../../../app/domain/channel-names.ts';
import { box, concat, f64, fullBox, u16, u32, u8, zeros, type Bytes } from './boxes.ts';
import { elementaryStream } from './elementary-stream.ts';

/** Throws `plan.impossible` for a codec that has no place in the container. */
export function soundEntry(sound: MovieSound, container: Container): Bytes {
  const { format } = sound;
  if (format.codec === 'aac') {
    return box('mp4a', zeros(6), u16(1), zeros(8), u16(Math.min(format.channels, 0xffff), 16), u32(0),
      u32(format.sampleRate < 0x10000 ? format.sampleRate * 0x10000 : 0), elementaryStream(0x40, 0x15, sound.config));
  }
  if (format.codec.startsWith('pcm_') && container === 'mov') return pcmEntry(sound);
  throw new StringoutError('plan.impossible', `${format.codec} sound cannot stand in .${container}; choose --audio exact or a .mov target`);
}

/** Bytes of one sample of all channels. */
export function pcmFrameBytes(sound: MovieSound): number {
  return (sound.format.bits / 8) * sound.format.channels;
}

function pcmEntry(sound: MovieSound): Bytes {
  const { codec, bits, channels, sampleRate } = sound.format;
  const isFloat = codec.startsWith('pcm_f');
  // kAudioFormatFlags of CoreAudio: 1 float, 2 big-endian, 4 signed, 8 packed.
  const flags = (isFloat ? 1 : 4) | (codec.endsWith('be') ? 2 : 0) | 8;
  return box('lpcm', zeros(6), u16(1, 2, 0), u32(0), u16(3, 16, 0xfffe, 0), u32(0x10000, 72), f64(sampleRate),
    u32(channels, 0x7f000000, bits, flags, pcmFrameBytes(sound), 1), channelLayout(sound));
}

/** CoreAudio's bitmap has FFmpeg's bits; mono and stereo have tags of their own. */
function channelLayout(sound: MovieSound): Bytes {
  const { channels, layout } = sound.format;
  if (layout === 'mono') return fullBox('chan', 0, 0, u32((100 << 16) | 1, 0, 0));
  if (layout === 'stereo') return fullBox('chan', 0, 0, u32((101 << 16) | 2, 0, 0));
  const names = channelNames(layout, channels);
  const mask = names ? channelMask(names) : 0n;
  if (mask === 0n || mask > 0x3ffffn) return new Uint8Array(0);
  return fullBox('chan', 0, 0, u32(1 << 16, Number(mask), 0));
}

/** Two packets of pre-roll make a seek right (ISO 14496-12, 10.1: 'roll'). */
export function audioPreRoll(packets: number): Bytes {
  return concat([
    fullBox('sgpd', 1, 0, Buffer.from('roll'), u32(2, 1), u16(-1)),
    fullBox('sbgp', 0, 0, Buffer.from('roll'), u32(1, packets, 1)),
  ]);
}

export const soundMediaHeader = fullBox('smhd', 0, 0, u8(0, 0, 0, 0));
