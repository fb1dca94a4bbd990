/** Sound that comes in packets. */
import type { SoundFormat, SoundPackets } from '../../../app/domain/source.ts';
import { parseAacConfig } from '../../bitstream/parse/aac-config.ts';
import { defaultLayout } from './channel-layout.ts';
import type { SampleTable } from './sample-table.ts';
import type { SoundEntry } from './sound-entry.ts';
import type { Track } from './track.ts';

export type CodedSound = { readonly format: SoundFormat; readonly config: Uint8Array; readonly packets: SoundPackets };

export function codedSound(entry: SoundEntry, track: Track, table: SampleTable): CodedSound | null {
  if (entry.tag !== 'mp4a') return null;
  const config = entry.descriptor?.specific ?? new Uint8Array(0);
  const aac = parseAacConfig(config);
  const channels = aac?.channels || entry.channels;
  const sampleRate = aac?.sampleRate ?? entry.sampleRate;
  const format: SoundFormat = { codec: 'aac', tag: entry.tag, sampleRate, channels, layout: aac?.layout ?? defaultLayout(channels), bits: 0 };
  const { count, offset, size } = table;
  const frame = aac?.frame ?? 1024;
  return { format, config, packets: { count, file: null, offset, size, position: Float64Array.from({ length: count + 1 }, (_, i) => i * frame) } };
}
