/** The sound of a source from its track. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Sound, SoundFormat, SoundPackets } from '../../../app/domain/source.ts';
import { defaultLayout } from './channel-layout.ts';
import { printable } from './box-list.ts';
import { damaged } from './cursor.ts';
import { codedSound } from './coded-sound.ts';
import type { MediaFile } from './media-file.ts';
import type { Movie } from './movie.ts';
import { pcmCodec } from './pcm-codec.ts';
import { readPcmRuns } from './pcm-runs.ts';
import { entryBytes } from './picture-entry.ts';
import { editPieces } from './present.ts';
import { readSampleTable } from './sample-table.ts';
import { readSoundEntry } from './sound-entry.ts';
import { soundStart, type Moment } from './sound-start.ts';
import type { Track } from './track.ts';

/** `picture`: when the first frame is shown; null without picture: the sound counts from its own first sample that is heard. */
export function indexSound(file: MediaFile, movie: Movie, track: Track, picture: Moment | null, warnings: string[]): Sound {
  const first = track.entries[0];
  if (!first) throw damaged('its sound track has no sample description');
  if (first.type === 'enca') throw new StringoutError('input.unsupported', 'its sound is encrypted');
  const entry = readSoundEntry(first, movie.brand === 'qt  ' || track.stsdVersion === 0);
  const pcm = pcmCodec(entry);
  let format: SoundFormat;
  let config: Uint8Array = new Uint8Array(0);
  let packets: SoundPackets;
  if (pcm) {
    const { channels } = entry;
    if (channels < 1) throw damaged('its sound has no channels');
    format = { codec: pcm.codec, tag: entry.tag, sampleRate: entry.sampleRate || track.timescale, channels, layout: defaultLayout(channels), bits: pcm.bits };
    const table = readPcmRuns(track, (pcm.bits / 8) * channels, file.size);
    packets = table.packets;
    if (table.missing > 0) warnings.push(`its sound is cut short: ${table.missing} samples are missing`);
  } else {
    const coded = codedSound(entry, track, readSampleTable(track, file.size));
    if (!coded) throw new StringoutError('input.unsupported', `its sound is of a kind that is not known: "${printable(entry.tag)}"`);
    ({ format, config, packets } = coded);
  }
  const pieces = editPieces(track.edits, track.timescale, movie.timescale, movie.fragments.length > 0);
  const [piece = null] = pieces;
  const origin = picture ?? { num: piece?.at ?? 0, den: track.timescale };
  return {
    format, config, sampleEntry: entryBytes(first), packets,
    ...soundStart(origin, piece, 0, track.timescale, format.sampleRate),
    length: packets.position[packets.count] ?? 0,
  };
}
