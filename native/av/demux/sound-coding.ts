/** Which way a sound stream becomes tables: as runs of PCM, as coded packets, or decoded to PCM where nothing else would do. */
import { isPcm } from '../sound/pcm-parts.ts';
import { CodedSound } from './coded-sound.ts';
import { DecodedSound } from './decoded-sound.ts';
import type { Demuxer } from './demuxer.ts';
import type { PacketStore } from './packet-store.ts';
import { PcmSound } from './pcm-sound.ts';
import type { SoundTrack } from './sound-tables.ts';

/** Codecs whose packets the sound jobs decode as they are; what else FFmpeg decodes becomes PCM here and now. */
const keptCodecs = new Set(['aac', 'aac_latm', 'mp3', 'mp2', 'mp1', 'ac3', 'eac3', 'opus', 'flac', 'alac', 'vorbis', 'dts', 'truehd', 'mlp', 'wavpack', 'tta']);

export function soundTrack(demuxer: Demuxer, stream: number, store: PacketStore): SoundTrack | null {
  const info = demuxer.streams[stream];
  if (!info) return null;
  if (isPcm(info.codec)) return new PcmSound(info, store);
  if (!info.hasDecoder) return null;
  if (keptCodecs.has(info.codec)) return new CodedSound(info, store);
  const decoder = demuxer.openDecoder(stream);
  return decoder && new DecodedSound(info, decoder, store);
}
