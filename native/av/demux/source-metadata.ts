/** Timecode, reel and date as the container tells them. */
import type { Picture, Source } from '../../../app/domain/source.ts';
import { parseTimecode } from '../../../app/domain/timecode.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import { readBroadcastWave } from './broadcast-wave.ts';
import type { Demuxer } from './demuxer.ts';

export function readMetadata(demuxer: Demuxer, picture: Picture | null, file: MediaFile): Pick<Source, 'timecode' | 'reel' | 'created'> {
  const all = [demuxer.metadata, ...demuxer.streams.map(({ metadata }) => metadata)].map(lowerKeys);
  const find = (...names: readonly string[]): string | null => names.flatMap((name) => all.map((metadata) => metadata[name])).find((value) => value?.trim())?.trim() ?? null;
  const created = find('creation_time', 'date_recorded', 'date');
  const reel = find('reel_name', 'reel', 'tape', 'com.apple.quicktime.reel');
  if (demuxer.format === 'wav') {
    const wave = readBroadcastWave(demuxer, file);
    return { timecode: wave.timecode, reel: wave.reel ?? reel, created: isoDate(wave.created ?? created) };
  }
  return { timecode: picture && labelOf(find('timecode'), picture), reel, created: isoDate(created) };
}

function labelOf(text: string | null, picture: Picture): Source['timecode'] {
  const frame = text === null ? null : parseTimecode(text, picture.rate);
  return frame === null || frame < 0 ? null : { frame, rate: picture.rate, dropFrame: /[;,.]\d{2,3}$/.test(text ?? '') };
}

function lowerKeys(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));
}

/** "2024-03-05T10:11:12.000Z"; a date alone stays one; null where it is no date. */
function isoDate(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}/.test(text)) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
