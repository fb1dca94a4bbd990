/** What a sound stream becomes, whichever way it is read. */
import type { Sound } from '../../../app/domain/source.ts';
import type { PacketView } from './demuxer.ts';

export type SoundTables = Omit<Sound, 'sampleEntry' | 'start' | 'startDen'> & {
  /** When sample 0 is heard, in ticks of the stream's time base; null where nothing tells. */
  readonly startTick: number | null;
  /** Samples at the beginning that are no part of the sound (the encoder's delay). */
  readonly priming: number;
  readonly warnings: readonly string[];
};

export type SoundTrack = Disposable & {
  add(packet: PacketView): void;
  /** Null: nothing of it can be heard, as the warnings of others say. */
  finish(): SoundTables | null;
};
