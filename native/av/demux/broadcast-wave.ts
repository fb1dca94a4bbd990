/** What a sound recorder writes beside the sound: the time of its first sample (bext), and at which rate that is counted (iXML). */
import { parseRate } from '../../../app/domain/frame-rates.ts';
import { scaleRound } from '../../../app/domain/rational.ts';
import type { Source } from '../../../app/domain/source.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import type { Demuxer } from './demuxer.ts';

export type BroadcastWave = { readonly timecode: Source['timecode']; readonly reel: string | null; readonly created: string | null };

/** Chunks looked at, and bytes of iXML. */
const mostChunks = 64;
const mostXml = 256 * 1024;

export function readBroadcastWave({ metadata, streams, soundStream }: Demuxer, file: MediaFile): BroadcastWave {
  // FFmpeg's names for OriginationDate and OriginationTime
  const { time_reference: reference, date, creation_time: time } = metadata;
  const xml = readChunk(file, 'iXML');
  const sampleRate = streams[soundStream]?.sampleRate ?? 0;
  const samples = Number(reference ?? NaN);
  const rate = parseRate(element(xml, 'TIMECODE_RATE') ?? '');
  return {
    // Without a rate of frames the time is known and its label is not.
    timecode: rate && Number.isSafeInteger(samples) && sampleRate > 0
      ? { frame: scaleRound(samples, rate.num, sampleRate * rate.den), rate, dropFrame: element(xml, 'TIMECODE_FLAG') === 'DF' } : null,
    reel: element(xml, 'TAPE'),
    created: date && /^\d{4}[-:]\d{2}[-:]\d{2}$/.test(date) ? `${date.replaceAll(':', '-')}${time && /^\d\d.\d\d.\d\d$/.test(time) ? `T${time.replaceAll(/\D/g, ':')}Z` : ''}` : null,
  };
}

/** Text of a chunk of the file's list, "" where it has none. */
function readChunk(file: MediaFile, wanted: string): string {
  let at = 12;
  for (let chunks = 0; chunks < mostChunks && at + 8 <= file.size; chunks++) {
    const head = file.read(at, 8);
    if (head.length < 8) break;
    const length = head.readUInt32LE(4);
    if (head.toString('latin1', 0, 4) === wanted) return file.read(at + 8, Math.min(length, mostXml)).toString('utf8');
    at += 8 + length + (length % 2);
  }
  return '';
}

/** Text of the first element of that name, which holds no other. */
function element(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]{1,200})</${name}>`).exec(xml)?.[1]?.trim();
  return text === undefined || text === '' ? null : text;
}
