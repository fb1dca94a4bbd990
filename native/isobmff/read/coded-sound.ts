/** Sound that comes in packets: its codec, what a decoder gives for each packet, and the decoder's configuration. */
import type { SoundFormat } from '../../../app/domain/source.ts';
import { parseAacConfig } from '../../bitstream/parse/aac-config.ts';
import { parseMpegAudioHeader } from '../../bitstream/parse/mpeg-audio-header.ts';
import { open, payload, type Box } from './box-list.ts';
import { ac3Layout, defaultLayout, entryLayout } from './channel-layout.ts';
import { damaged } from './cursor.ts';
import type { SoundEntry } from './sound-entry.ts';

export type CodedSound = {
  readonly format: SoundFormat;
  readonly config: Uint8Array;
  /** Sample frames that every packet decodes to; 0 where they differ or are not known. */
  readonly frame: number;
};

const byTag: Readonly<Record<string, string>> = {
  'ac-3': 'ac3', sac3: 'ac3', 'ec-3': 'eac3', Opus: 'opus', fLaC: 'flac', alac: 'alac', '.mp3': 'mp3', 'mp3 ': 'mp3', 'ms\0U': 'mp3', '.mp2': 'mp2', '.mp1': 'mp1',
  dtsc: 'dts', dtsh: 'dts', dtsl: 'dts', dtse: 'dts', 'DTS ': 'dts', mlpa: 'truehd', samr: 'amr_nb', sawb: 'amr_wb', ima4: 'adpcm_ima_qt', MAC3: 'mace3', MAC6: 'mace6',
  agsm: 'gsm', 'ms\0\x02': 'adpcm_ms', 'ms\0\x11': 'adpcm_ima_wav', QDM2: 'qdm2', QDMC: 'qdmc', Qclp: 'qcelp', spex: 'speex', aac: 'aac',
};

/** objectTypeIndication of 'mp4a'. */
const byObjectType: Readonly<Record<number, string>> = {
  0x40: 'aac', 0x66: 'aac', 0x67: 'aac', 0x68: 'aac', 0x69: 'mp3', 0x6b: 'mp3', 0xa5: 'ac3', 0xa6: 'eac3', 0xa9: 'dts', 0xad: 'opus', 0xdd: 'vorbis', 0xe1: 'qcelp',
};

/** `head`: the first bytes of the first packet. Null for a kind that is not known. Throws `input.damaged`. */
export function codedSound(entry: SoundEntry, timescale: number, head: Uint8Array): CodedSound | null {
  const named = entry.tag === 'mp4a' ? (entry.descriptor ? byObjectType[entry.descriptor.objectType] : 'aac') : byTag[entry.tag];
  if (named === undefined) return null;
  const frame = mpegCodecs.has(named) ? parseMpegAudioHeader(head) : null;
  const codec = frame?.codec ?? named;
  const own: Own = frame ? { ...frame, layout: defaultLayout(frame.channels), config: new Uint8Array(0) } : (readers[codec]?.(entry, timescale) ?? {});
  const channels = own.channels || entry.channels;
  const sampleRate = own.sampleRate || entry.sampleRate || timescale;
  if (channels < 1 || channels > 64) throw damaged(`its sound claims to have ${channels} channels`);
  if (sampleRate < 1 || sampleRate > 768_000) throw damaged(`its sound claims to have ${sampleRate} samples a second`);
  return {
    format: { codec, tag: entry.tag, sampleRate, channels, layout: own.layout ?? entryLayout(entry, channels) ?? defaultLayout(channels), bits: own.bits ?? 0 },
    config: own.config ?? entry.descriptor?.specific ?? new Uint8Array(0),
    frame: own.frame ?? 0,
  };
}

/** Their sample entries often tell two channels whatever there are. */
const mpegCodecs: ReadonlySet<string> = new Set(['mp1', 'mp2', 'mp3']);

type Own = { channels?: number; sampleRate?: number; layout?: string | undefined; bits?: number; config?: Uint8Array; frame?: number };

const readers: Readonly<Record<string, (entry: SoundEntry, timescale: number) => Own>> = {
  aac, opus, flac, alac,
  ac3: (entry) => ({ ...dolby(entry, 'dac3', 11, 10), frame: 1536 }),
  eac3: (entry) => dolby(entry, 'dec3', 9, 8),
  amr_nb: () => ({ channels: 1, sampleRate: 8000, frame: 160 }),
  amr_wb: () => ({ channels: 1, sampleRate: 16_000, frame: 320 }),
  qdm2: wave,
  qdmc: wave,
};

const highestCoreRate = 24_000;

function aac(entry: SoundEntry, timescale: number): Own {
  const parsed = entry.descriptor && parseAacConfig(entry.descriptor.specific);
  if (!parsed) return { frame: 1024 };
  const { sampleRate, channels, layout, frame } = parsed;
  // SBR that the configuration does not tell: the track counts in samples of twice its rate.
  const factor = parsed.objectType === 2 && sampleRate <= highestCoreRate && timescale === 2 * sampleRate ? 2 : 1;
  return { sampleRate: sampleRate * factor, channels, frame: frame * factor, layout: layout ?? undefined };
}

/** dOps (Opus in ISO-BMFF, 4.3.2), big-endian, to the OpusHead that decoders take (RFC 7845, 5.1), little-endian. */
function opus(entry: SoundEntry): Own {
  const box = entry.boxes.get('dOps');
  if (!box || box.end - box.start < 11) return { sampleRate: 48_000 };
  const cursor = open(box).skip(1);
  const channels = cursor.u8();
  const head = Buffer.alloc(19 + box.end - box.start - 11);
  head.write('OpusHead', 'latin1');
  head[8] = 1;
  head[9] = channels;
  head.writeUInt16LE(cursor.u16(), 10);
  head.writeUInt32LE(cursor.u32(), 12);
  head.writeInt16LE(cursor.i16(), 16);
  cursor.take(cursor.left).copy(head, 18);
  return { sampleRate: 48_000, channels, layout: opusLayouts[channels], config: Uint8Array.from(head) };
}

/** RFC 7845, 5.1.1.2 */
const opusLayouts: readonly (string | undefined)[] = [undefined, 'mono', 'stereo', '3.0', 'quad', '5.0', '5.1', '6.1', '7.1'];

/** dfLa: a full box with FLAC's metadata blocks; the decoder takes the body of STREAMINFO. */
function flac(entry: SoundEntry): Own {
  const box = entry.boxes.get('dfLa');
  if (!box || box.end - box.start < 4 + 4 + 34) throw damaged('its FLAC sound has no configuration (dfLa)');
  const config = payload(box, 8).subarray(0, 34);
  const [high = 0, middle = 0, low = 0, last = 0] = config.subarray(10);
  return {
    config, sampleRate: (high << 12) | (middle << 4) | (low >> 4), channels: ((low >> 1) & 7) + 1, bits: (((low & 1) << 4) | (last >> 4)) + 1,
  };
}

/** The 'alac' box in the entry, whole: size, type, version, then the decoder's 24 bytes. */
function alac(entry: SoundEntry): Own {
  const box = entry.boxes.get('alac');
  if (!box || box.end - box.at < 36) throw damaged('its ALAC sound has no configuration');
  const config = Uint8Array.prototype.slice.call(box.bytes, box.at, box.end);
  return { config, bits: config[17] ?? 16, channels: config[21] ?? 0, sampleRate: new DataView(config.buffer, config.byteOffset).getUint32(32) };
}

/** dac3 and dec3 (ETSI TS 102 366, annex F): `mode` and `lfe` are bit positions in 24 bits. */
function dolby(entry: SoundEntry, type: string, mode: number, lfe: number): Own {
  const box = entry.boxes.get(type);
  const skip = type === 'dec3' ? 2 : 0;
  if (!box || box.end - box.start < skip + 3) return {};
  const info = open(box).skip(skip).u24();
  return ac3Layout((info >> mode) & 7, ((info >> lfe) & 1) === 1);
}

/** QDesign's decoders read all of 'wave'. */
function wave(entry: SoundEntry): Own {
  const box: Box | undefined = entry.boxes.get('wave');
  return box ? { config: payload(box) } : {};
}
