/** Which of FFmpeg's PCM codecs a sample entry means; null where it is none. */
import { open } from './box-list.ts';
import { isLittleEndian, type SoundEntry } from './sound-entry.ts';

export type Pcm = { readonly codec: string; readonly bits: number };

const isFloatFlag = 1;
const isBigEndianFlag = 2;
const isSignedFlag = 4;

export function pcmCodec(entry: SoundEntry): Pcm | null {
  const little = isLittleEndian(entry);
  const { bits } = entry;
  switch (entry.tag) {
    case 'sowt': return integer(bits, little ?? true);
    case 'twos': return integer(bits, little ?? false);
    case 'raw ': case 'NONE': case '\0\0\0\0': return bits === 16 ? integer(16, false) : { codec: 'pcm_u8', bits: 8 };
    case 'in24': return integer(24, little ?? false);
    case 'in32': return integer(32, little ?? false);
    case 'fl32': return float(32, little ?? false);
    case 'fl64': return float(64, little ?? false);
    case 'alaw': return { codec: 'pcm_alaw', bits: 8 };
    case 'ulaw': return { codec: 'pcm_mulaw', bits: 8 };
    case 'ipcm': return integer(isoBits(entry), little ?? false);
    case 'fpcm': return float(isoBits(entry), little ?? false);
    case 'lpcm': return linear(entry);
    default: return null;
  }
}

/** QuickTime's own linear PCM, described by flags. */
function linear(entry: SoundEntry): Pcm | null {
  const flags = entry.formatFlags ?? isBigEndianFlag | isSignedFlag;
  const little = (flags & isBigEndianFlag) === 0;
  if (flags & isFloatFlag) return float(entry.bits, little);
  if ((flags & isSignedFlag) === 0) return entry.bits === 8 ? { codec: 'pcm_u8', bits: 8 } : null;
  return integer(entry.bits, little);
}

/** 'pcmC': a full box with flags, then bits. */
function isoBits(entry: SoundEntry): number {
  const pcmC = entry.boxes.get('pcmC');
  return pcmC ? open(pcmC).skip(5).u8() : entry.bits;
}

function integer(bits: number, little: boolean): Pcm | null {
  const end = little ? 'le' : 'be';
  if (bits === 8) return { codec: 'pcm_s8', bits };
  return bits === 16 || bits === 24 || bits === 32 ? { codec: `pcm_s${bits}${end}`, bits } : null;
}

function float(bits: number, little: boolean): Pcm | null {
  return bits === 32 || bits === 64 ? { codec: `pcm_f${bits}${little ? 'le' : 'be'}`, bits } : null;
}
