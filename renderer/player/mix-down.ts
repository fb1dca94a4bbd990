/** Channels to the two that are listened to. */
const half = Math.SQRT1_2;

/** What each channel gives to left and right, in the usual order: left, right, centre, low (left out), then the sides. */
const gains: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1: [[1, 1]],
  2: [[1, 0], [0, 1]],
  3: [[1, 0], [0, 1], [half, half]],
  4: [[1, 0], [0, 1], [half, 0], [0, half]],
  5: [[1, 0], [0, 1], [half, half], [half, 0], [0, half]],
};
const surround: readonly (readonly [number, number])[] = [[1, 0], [0, 1], [half, half], [0, 0], [half, 0], [0, half], [half, 0], [0, half]];

/** Writes the planes to interleaved stereo from frame `at` on, which may be negative; what lies outside is left out. */
export function mixDown(target: Float32Array, planes: readonly Float32Array[], at: number): void {
  const frames = planes[0]?.length ?? 0;
  const from = Math.max(0, -at);
  const to = Math.min(frames, target.length / 2 - at);
  if (to <= from) return;
  target.fill(0, 2 * (at + from), 2 * (at + to));
  const table = gains[planes.length] ?? surround;
  for (const [channel, plane] of planes.entries()) {
    const [left, right] = table[channel] ?? [0, 0];
    for (let i = from, slot = 2 * (at + from); i < to; i++, slot += 2) {
      const sample = plane[i] ?? 0;
      target[slot] = (target[slot] ?? 0) + left * sample;
      target[slot + 1] = (target[slot + 1] ?? 0) + right * sample;
    }
  }
}
