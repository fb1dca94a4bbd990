/**
 * The header of a Broadcast Wave file: RIFF with `bext` (EBU Tech 3285), RF64 with `ds64` where it passes 4 GB (EBU Tech 3306). `fmt ` is extensible, which
 * names the channels.
 */
import type { SoundFormat } from '../../app/domain/source.ts';
import { channelNames } from '../../app/domain/channel-names.ts';

export type Wave = {
  readonly format: SoundFormat;
  /** Bytes of sound. */
  readonly bytes: number;
  /** Samples from midnight to the first. */
  readonly timeReference: number;
  readonly description: string;
};

const most32 = 0xffff_ffff;
/** Order and bits of KSAUDIO_SPEAKER, which is WAVEFORMATEXTENSIBLE's. */
const speakers = ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR', 'TC', 'TFL', 'TFC', 'TFR', 'TBL', 'TBC', 'TBR'];
const pcmGuid = [0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

export function waveHeader(wave: Wave): Uint8Array {
  const chunks = [chunk('bext', broadcastExtension(wave)), chunk('fmt ', waveFormat(wave.format))];
  const padded = wave.bytes + (wave.bytes & 1);
  const size = 4 + 36 + chunks.reduce((sum, { length }) => sum + length, 0) + 8 + padded;
  const isLong = size > most32;
  const ds64 = new DataView(new ArrayBuffer(28));
  if (isLong) {
    const { format } = wave;
    ds64.setBigUint64(0, BigInt(size), true);
    ds64.setBigUint64(8, BigInt(wave.bytes), true);
    ds64.setBigUint64(16, BigInt(wave.bytes / (format.channels * (format.bits / 8))), true);
  }
  return joined([
    ascii(isLong ? 'RF64' : 'RIFF'), u32(isLong ? most32 : size), ascii('WAVE'), chunk(isLong ? 'ds64' : 'JUNK', new Uint8Array(ds64.buffer)), ...chunks,
    ascii('data'), u32(isLong ? most32 : wave.bytes),
  ]);
}

function waveFormat({ codec, sampleRate, channels, bits, layout }: SoundFormat): Uint8Array {
  const frame = channels * (bits / 8);
  const view = new DataView(new ArrayBuffer(40));
  view.setUint16(0, 0xfffe, true);
  view.setUint16(2, channels, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, sampleRate * frame, true);
  view.setUint16(12, frame, true);
  view.setUint16(14, bits, true);
  view.setUint16(16, 22, true);
  view.setUint16(18, bits, true);
  view.setUint32(20, speakerMask(layout, channels), true);
  view.setUint16(24, codec.startsWith('pcm_f') ? 3 : 1, true);
  pcmGuid.forEach((byte, i) => { view.setUint8(28 + i, byte); });
  return new Uint8Array(view.buffer);
}

/** 0, "unnamed", where the channels do not stand in the order that the bits ask for. */
function speakerMask(layout: string, channels: number): number {
  const bits = (channelNames(layout, channels) ?? []).map((name) => speakers.indexOf(name));
  const isInOrder = bits.length === channels && bits.every((bit, i) => bit > (bits[i - 1] ?? -1));
  return isInOrder ? bits.reduce((mask, bit) => mask + 2 ** bit, 0) : 0;
}

function broadcastExtension({ description, timeReference }: Wave): Uint8Array {
  const bytes = new Uint8Array(602);
  bytes.set(ascii(description).subarray(0, 256));
  bytes.set(ascii('Stringout'), 256);
  new DataView(bytes.buffer).setBigUint64(338, BigInt(timeReference), true);
  bytes[346] = 1; // version
  return bytes;
}

function chunk(id: string, body: Uint8Array): Uint8Array {
  return joined([ascii(id), u32(body.length), body, new Uint8Array(body.length & 1)]);
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => (letter.charCodeAt(0) < 128 ? letter.charCodeAt(0) : 63));
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
