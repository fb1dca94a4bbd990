/** FFmpeg's name of what so many channels mean where nothing tells. */
const defaults = ['', 'mono', 'stereo', '2.1', '4.0', '5.0', '5.1', '6.1', '7.1'];

export function defaultLayout(channels: number): string {
  return defaults[channels] ?? `${channels} channels`;
}
