/** Which loudspeakers the channels of a track are meant for, by FFmpeg's names (CoreAudioTypes.h, ISO 23091-3, ETSI TS 102 366). */
import { layoutOf } from '../../../app/domain/channel-names.ts';
import { open, type Box } from './box-list.ts';
import type { SoundEntry } from './sound-entry.ts';

const defaults = ['', 'mono', 'stereo', '2.1', '4.0', '5.0', '5.1', '6.1', '7.1'];

/** What FFmpeg takes so many channels for where nothing tells. */
export function defaultLayout(channels: number): string {
  return defaults[channels] ?? `${channels} channels`;
}

/** From 'chan' or 'chnl'; null where neither tells. */
export function entryLayout(entry: SoundEntry, channels: number): string | null {
  try {
    const chan = entry.boxes.get('chan');
    const names = chan ? readChan(chan) : readChnl(entry.boxes.get('chnl') ?? null, channels);
    return names?.length === channels ? layoutOf(names) : null;
  } catch {
    return null;
  }
}

/** By the upper half of kAudioChannelLayoutTag: channels in the order of the file. */
const chanTags: Readonly<Record<number, string>> = {
  100: 'FC', 101: 'FL FR', 102: 'FL FR', 103: 'DL DR', 104: 'FL FR', 105: 'FL FR', 106: 'FL FR', 108: 'FL FR BL BR', 109: 'FL FR BL BR FC', 110: 'FL FR BL BR FC BC',
  111: 'FL FR BL BR FC BC SL SR', 113: 'FL FR FC', 114: 'FC FL FR', 115: 'FL FR FC BC', 116: 'FC FL FR BC', 117: 'FL FR FC SL SR', 118: 'FL FR SL SR FC',
  119: 'FL FC FR SL SR', 120: 'FC FL FR SL SR', 121: 'FL FR FC LFE SL SR', 122: 'FL FR SL SR FC LFE', 123: 'FL FC FR SL SR LFE', 124: 'FC FL FR SL SR LFE',
  125: 'FL FR FC LFE SL SR BC', 126: 'FL FR FC LFE BL BR FLC FRC', 127: 'FC FLC FRC FL FR BL BR LFE', 128: 'FL FR FC LFE SL SR BL BR', 131: 'FL FR BC',
  132: 'FL FR SL SR', 133: 'FL FR LFE', 134: 'FL FR LFE BC', 135: 'FL FR LFE SL SR', 136: 'FL FR FC LFE', 137: 'FL FR FC LFE BC', 138: 'FL FR SL SR LFE',
  139: 'FL FR SL SR FC BC', 140: 'FL FR SL SR FC BL BR', 141: 'FC FL FR SL SR BC', 142: 'FC FL FR SL SR BC LFE', 143: 'FC FL FR SL SR BL BR',
  148: 'FL FR SL SR FC FLC FRC', 149: 'FC LFE', 150: 'FL FC FR', 151: 'FL FC FR BC', 152: 'FL FC FR LFE', 153: 'FL FR BC LFE', 154: 'FL FC FR BC LFE',
};
const useDescriptions = 0;
const useBitmap = 0x10000;
/** kAudioChannelLabel 1 to 18 are the bits of FFmpeg's mask. */
const labels = ['FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR', 'TC', 'TFL', 'TFC', 'TFR', 'TBL', 'TBC', 'TBR'];
const moreLabels: Readonly<Record<number, string>> = { 33: 'BL', 34: 'BR', 38: 'DL', 39: 'DR', 42: 'FC' };
const mostChannels = 64;

/** QuickTime's 'chan'. */
function readChan(box: Box): readonly string[] | null {
  const cursor = open(box).skip(4);
  const tag = cursor.u32();
  const bitmap = cursor.u32();
  if (tag === useBitmap) return labels.filter((_, bit) => (bitmap >>> bit) & 1);
  if (tag !== useDescriptions) return chanTags[tag >>> 16]?.split(' ') ?? null;
  const count = cursor.u32();
  if (count > mostChannels) return null;
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const label = cursor.u32();
    cursor.skip(16);
    const name = labels[label - 1] ?? moreLabels[label];
    if (name === undefined) return null;
    names.push(name);
  }
  return names;
}

/** Speaker positions (ISO 23091-3, table 3). */
const speakers = ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR', 'FLC', 'FRC', 'BL', 'BR', 'BC'];
/** Channel configurations (ISO 23091-3, table 4). */
const configurations: Readonly<Record<number, string>> = {
  1: 'FC', 2: 'FL FR', 3: 'FC FL FR', 4: 'FC FL FR BC', 5: 'FC FL FR SL SR', 6: 'FC FL FR SL SR LFE', 7: 'FC FLC FRC FL FR SL SR LFE', 9: 'FL FR BC', 10: 'FL FR SL SR',
  11: 'FC FL FR SL SR BC LFE', 12: 'FC FL FR SL SR BL BR LFE',
};
const carriesChannels = 1;

/** ISO 14496-12, 12.2.4, versions 0 and 1. */
function readChnl(box: Box | null, channels: number): readonly string[] | null {
  if (!box) return null;
  const cursor = open(box);
  const version = cursor.u8();
  const structure = version === 0 ? cursor.skip(3).u8() : cursor.skip(3).u8() >> 4;
  if ((structure & carriesChannels) === 0) return null;
  if (version > 0) cursor.skip(1);
  const layout = cursor.u8();
  if (layout !== 0) return configurations[layout]?.split(' ') ?? null;
  const count = version === 0 ? channels : cursor.u8();
  const names = Array.from({ length: Math.min(count, mostChannels) }, () => speakers[cursor.u8()] ?? '');
  return names.includes('') ? null : names;
}

/** By acmod. */
const ac3Modes = ['FL FR', 'FC', 'FL FR', 'FL FR FC', 'FL FR BC', 'FL FR FC BC', 'FL FR SL SR', 'FL FR FC SL SR'];

export function ac3Layout(mode: number, hasLfe: boolean): { channels: number; layout: string } {
  const front = (ac3Modes[mode] ?? 'FL FR').split(' ');
  // LFE stands behind the centre, before what lies at the sides and in the back.
  const at = front.findIndex((name) => ['BC', 'SL'].includes(name));
  const names = hasLfe ? front.toSpliced(at < 0 ? front.length : at, 0, 'LFE') : front;
  return { channels: names.length, layout: layoutOf(names) };
}
