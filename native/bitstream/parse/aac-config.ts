/** AudioSpecificConfig (ISO 14496-3, 1.6.2.1): what a decoder will give. */
import { BitReader } from '../rewrite/bits.ts';

export type AacConfig = {
  /** 2 low complexity; of the core where SBR lies on top. */
  readonly objectType: number;
  /** Of the decoder's output, SBR included. */
  readonly sampleRate: number;
  readonly channels: number;
  /** FFmpeg's name; null where only the stream tells. */
  readonly layout: string | null;
  /** Sample frames of one packet at the output's rate; 0 where only the stream tells. */
  readonly frame: number;
};

const rates = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350];
/** Channels and layout by channelConfiguration (table 1.19). FFmpeg takes 7 as the plain 7.1 that encoders mean by it. */
const configurations: Readonly<Record<number, readonly [number, string]>> = {
  1: [1, 'mono'], 2: [2, 'stereo'], 3: [3, '3.0'], 4: [4, '4.0'], 5: [5, '5.0'], 6: [6, '5.1'], 7: [8, '7.1'], 11: [7, '6.1(back)'], 12: [8, '7.1'],
};
const lowDelay = 23;
const enhancedLowDelay = 39;
const usac = 42;
const sbr = 5;
const parametricStereo = 29;

/** Null where it is no configuration. */
export function parseAacConfig(config: Uint8Array): AacConfig | null {
  try {
    return read(new BitReader(config), config.length * 8);
  } catch {
    return null;
  }
}

function read(bits: BitReader, end: number): AacConfig | null {
  let objectType = readObjectType(bits);
  const coreRate = readRate(bits);
  const configuration = bits.u(4);
  let outputRate = coreRate;
  let isStereo = false;
  if (objectType === sbr || objectType === parametricStereo) {
    isStereo = objectType === parametricStereo;
    outputRate = readRate(bits);
    objectType = readObjectType(bits);
  }
  if (objectType === usac) {
    const [channels, layout] = configurations[configuration] ?? [0, null];
    return coreRate === 0 ? null : { objectType, sampleRate: outputRate, channels, layout, frame: 0 };
  }
  const isShort = bits.u(1) === 1;
  const isLow = objectType === lowDelay || objectType === enhancedLowDelay;
  if (bits.u(1)) bits.u(14);
  bits.u(1);
  const elements = configuration === 0 ? readElements(bits) : null;
  if (elements === null && outputRate === coreRate && end - bits.at >= 16) {
    const extension = readExtension(bits);
    outputRate = extension.rate ?? outputRate;
    isStereo ||= extension.isStereo;
  }
  if (coreRate === 0) return null;
  const factor = outputRate === 2 * coreRate ? 2 : 1;
  const [channels, layout] = elements !== null ? [elements, null] : (configurations[configuration] ?? [0, null]);
  const isDoubled = isStereo && channels === 1;
  return {
    objectType, sampleRate: coreRate * factor, frame: (isShort ? 960 : 1024) * factor * (isLow ? 0.5 : 1),
    channels: isDoubled ? 2 : channels, layout: isDoubled ? 'stereo' : layout,
  };
}

function readObjectType(bits: BitReader): number {
  const type = bits.u(5);
  return type === 31 ? 32 + bits.u(6) : type;
}

function readRate(bits: BitReader): number {
  const index = bits.u(4);
  return index === 15 ? bits.u(24) : (rates[index] ?? 0);
}

/** Backward compatible signalling behind the configuration: 0x2b7 SBR, 0x548 parametric stereo. */
function readExtension(bits: BitReader): { rate: number | null; isStereo: boolean } {
  const none = { rate: null, isStereo: false };
  if (bits.u(11) !== 0x2b7 || readObjectType(bits) !== sbr || bits.u(1) === 0) return none;
  const rate = readRate(bits);
  try {
    return { rate, isStereo: bits.u(11) === 0x548 && bits.u(1) === 1 };
  } catch {
    return { rate, isStereo: false };
  }
}

/** Channels of a program_config_element (ISO 14496-3, 4.4.1.1). */
function readElements(bits: BitReader): number {
  bits.u(10);
  const counts = [bits.u(4), bits.u(4), bits.u(4)];
  const lfe = bits.u(2);
  bits.u(3);
  bits.u(4);
  for (const width of [4, 4, 3]) if (bits.u(1)) bits.u(width);
  let channels = lfe;
  for (const count of counts) for (let i = 0; i < count; i++, bits.u(4)) channels += bits.u(1) ? 2 : 1;
  return channels;
}
