/** Which sample is heard with the first frame. */
import type { Sound } from '../../../app/domain/source.ts';
import type { PictureTables } from './picture-track.ts';
import type { SoundTables } from './sound-tables.ts';
import type { StreamInfo } from './stream-info.ts';

/** Parts of a sample that are kept; closer to a whole one than a tenth is the noise of coarse stamps. */
const parts = 1000;

export function soundStart(info: StreamInfo, sound: SoundTables, pictureInfo: StreamInfo | null, picture: PictureTables | null): Pick<Sound, 'start' | 'startDen'> {
  if (!pictureInfo || !picture || sound.startTick === null) return { start: sound.priming, startDen: 1 };
  const seconds = (ticks: number, { timeBase }: StreamInfo): number => (ticks * timeBase.num) / timeBase.den;
  const samples = (seconds(picture.start, pictureInfo) - seconds(sound.startTick, info)) * sound.format.sampleRate;
  if (Math.abs(samples - Math.round(samples)) < 0.1) return { start: Math.round(samples), startDen: 1 };
  return { start: Math.round(samples * parts), startDen: parts };
}
