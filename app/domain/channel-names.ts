/** Loudspeaker positions of a sound's channels, by FFmpeg's names and in its order (libavutil/channel_layout.h). */

/** Bit of each position in FFmpeg's mask; channels of a layout lie in the order of these bits. */
const positions = [
  'FL', 'FR', 'FC', 'LFE', 'BL', 'BR', 'FLC', 'FRC', 'BC', 'SL', 'SR', 'TC', 'TFL', 'TFC', 'TFR', 'TBL', 'TBC', 'TBR',
] as const;
const stereoDownmix: Readonly<Record<string, number>> = { DL: 29, DR: 30 };

const layouts: Readonly<Record<string, string>> = {
  mono: 'FC',
  stereo: 'FL FR',
  downmix: 'DL DR',
  2.1: 'FL FR LFE',
  '3.0': 'FL FR FC',
  '3.0(back)': 'FL FR BC',
  3.1: 'FL FR FC LFE',
  '4.0': 'FL FR FC BC',
  4.1: 'FL FR FC LFE BC',
  quad: 'FL FR BL BR',
  'quad(side)': 'FL FR SL SR',
  '5.0': 'FL FR FC BL BR',
  '5.0(side)': 'FL FR FC SL SR',
  5.1: 'FL FR FC LFE BL BR',
  '5.1(side)': 'FL FR FC LFE SL SR',
  '6.0': 'FL FR FC BC SL SR',
  '6.0(front)': 'FL FR FLC FRC SL SR',
  hexagonal: 'FL FR FC BL BR BC',
  6.1: 'FL FR FC LFE BC SL SR',
  '6.1(back)': 'FL FR FC LFE BL BR BC',
  '6.1(front)': 'FL FR LFE FLC FRC SL SR',
  '7.0': 'FL FR FC BL BR SL SR',
  '7.0(front)': 'FL FR FC FLC FRC SL SR',
  7.1: 'FL FR FC LFE BL BR SL SR',
  '7.1(wide)': 'FL FR FC LFE BL BR FLC FRC',
  '7.1(wide-side)': 'FL FR FC LFE FLC FRC SL SR',
  octagonal: 'FL FR FC BL BR BC SL SR',
};

/** Names of a layout's channels in order; null where their order is unknown. One or two unnamed channels are mono and stereo. */
export function channelNames(layout: string, channels: number): readonly string[] | null {
  const names = (layouts[layout] ?? /([A-Z]+(?:\+[A-Z]+)+)/.exec(layout)?.[1]?.replaceAll('+', ' '))?.split(' ');
  if (names?.length === channels) return names;
  if (channels === 1) return ['FC'];
  return channels === 2 ? ['FL', 'FR'] : null;
}

/** FFmpeg's name of channels in this order: "5.1", or "3 channels (FC+FL+FR)" where no layout has that order. */
export function layoutOf(names: readonly string[]): string {
  const joined = names.join(' ');
  return Object.keys(layouts).find((layout) => layouts[layout] === joined) ?? `${names.length} channels (${names.join('+')})`;
}

/** Names of the channels in FFmpeg's mask, in order; null where the mask has a position we do not name. */
export function maskNames(mask: bigint): readonly string[] | null {
  const names = positions.filter((_, bit) => (mask >> BigInt(bit)) & 1n);
  return mask > 0n && channelMask(names) === mask ? names : null;
}

/** FFmpeg's mask of the named channels; a name it does not know is left out. */
export function channelMask(names: readonly string[]): bigint {
  return names.reduce((mask, name) => {
    const bit = stereoDownmix[name] ?? positions.findIndex((position) => position === name);
    return bit < 0 ? mask : mask | (1n << BigInt(bit));
  }, 0n);
}
