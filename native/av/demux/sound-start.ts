/** Which sample is heard with the first frame. */
import type { Sound } from '../../../app/domain/source.ts';
import type { PictureTables } from './picture-track.ts';
import type { SoundTables } from './sound-tables.ts';
import type { StreamInfo } from './stream-info.ts';

/** Parts of a sample that are kept; closer to a whole one than a tenth is the noise of coarse stamps. */
const parts = 1000;

export function soundStart(info: StreamInfo, sound: SoundTables, pictureInfo: StreamInfo | null, picture: PictureTables | null): Pick<Sound, 'start' | 'startDen'> {
  const seconds = (ticks: number, { timeBase }: StreamInfo): number => (ticks * timeBase.num) / timeBase.den;
  // Without a picture it begins at time 0; what lies before, by a tick at least, is the encoder's delay.
  if (!pictureInfo || !picture || sound.startTick === null) {
    const before = (sound.startTick ?? 0) > -1 ? 0 : -seconds(sound.startTick ?? 0, info) * sound.format.sampleRate;
    return { start: Math.max(sound.priming, Math.round(before)), startDen: 1 };
  }
  const samples = (seconds(picture.start, pictureInfo) - seconds(sound.startTick, info)) * sound.format.sampleRate;
  if (Math.abs(samples - Math.round(samples)) < 0.1) return { start: Math.round(samples), startDen: 1 };
  return { start: Math.round(samples * parts), startDen: parts };
}
