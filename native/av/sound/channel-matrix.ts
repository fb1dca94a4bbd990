/** How the channels of a source become those of the programme: by name, at unity; down-mixed only where the programme has no such channel. */
import { channelNames } from '../../../app/domain/channel-names.ts';

export type ChannelMatrix = {
  readonly inputs: number;
  readonly outputs: number;
  /** Weight of input i in output o at [o * inputs + i]. */
  readonly weights: readonly number[];
  /** The channels pass as they are. */
  readonly isIdentity: boolean;
  /** What a listener should know, in words that follow the clip's name; null: nothing is lost. */
  readonly note: string | null;
};

export type ChannelLayoutName = { readonly layout: string; readonly channels: number };

const half = Math.SQRT1_2;

/**
 * Where a channel goes that the programme does not have: the first alternative whose channels are all there (ITU-R BS.775-3, annex 4;
 * a stereo pair becomes mono at half each, so that what is the same in both keeps its level). No alternative: left out, as LFE always is.
 */
const folds: Readonly<Record<string, readonly Readonly<Record<string, number>>[]>> = {
  FL: [{ FC: 0.5 }],
  FR: [{ FC: 0.5 }],
  FC: [{ FL: half, FR: half }],
  BL: [{ SL: 1 }, { FL: half }, { FC: 0.5 * half }],
  BR: [{ SR: 1 }, { FR: half }, { FC: 0.5 * half }],
  SL: [{ BL: 1 }, { FL: half }, { FC: 0.5 * half }],
  SR: [{ BR: 1 }, { FR: half }, { FC: 0.5 * half }],
  BC: [{ BL: half, BR: half }, { SL: half, SR: half }, { FL: 0.5, FR: 0.5 }, { FC: 0.5 }],
  FLC: [{ FL: 1 }, { FC: 0.5 }],
  FRC: [{ FR: 1 }, { FC: 0.5 }],
  DL: [{ FL: 1 }, { FC: 0.5 }],
  DR: [{ FR: 1 }, { FC: 0.5 }],
};

export function channelMatrix(source: ChannelLayoutName, programme: ChannelLayoutName): ChannelMatrix {
  const from = channelNames(source.layout, source.channels);
  const to = channelNames(programme.layout, programme.channels);
  const weights = Array.from({ length: source.channels * programme.channels }, () => 0);
  const add = (input: number, output: number, weight: number): void => {
    if (output >= 0 && output < programme.channels) weights[output * source.channels + input] = weight;
  };
  for (let input = 0; input < source.channels; input++) {
    if (!from || !to) {
      add(input, input, 1); // the order is unknown: kept by index
      continue;
    }
    for (const [name, weight] of targets(from, from[input] ?? '', to)) add(input, to.indexOf(name), weight);
  }
  const isIdentity = source.channels === programme.channels
    && weights.every((weight, i) => weight === (Math.floor(i / source.channels) === i % source.channels ? 1 : 0));
  return { inputs: source.channels, outputs: programme.channels, weights, isIdentity, note: noteOf(source, programme, !from || !to) };
}

function targets(from: readonly string[], name: string, to: readonly string[]): [name: string, weight: number][] {
  if (to.includes(name)) return [[name, 1]];
  // A mono recording stands in the middle of a pair: both at unity, as editors expect.
  if (from.length === 1 && to.includes('FL') && to.includes('FR')) return [['FL', 1], ['FR', 1]];
  const fold = folds[name]?.find((alternative) => Object.keys(alternative).every((channel) => to.includes(channel))) ?? {};
  // Two channels of the source that meet in one share it.
  return Object.entries(fold).map(([channel, weight]) => [channel, weight === 1 && from.includes(channel) ? half : weight]);
}

function noteOf(source: ChannelLayoutName, programme: ChannelLayoutName, isByIndex: boolean): string | null {
  if (source.channels <= programme.channels) return null;
  return isByIndex
    ? `channels ${programme.channels + 1} to ${source.channels} are left out, the movie has ${programme.channels}`
    : `${source.channels} channels (${source.layout}) are mixed down to the movie's ${programme.channels} (${programme.layout})`;
}
