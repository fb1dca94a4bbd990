/** Where in the sound each packet begins. */

export type PacketPositions = {
  /** First sample frame of each packet, counted from packet 0, and the end. */
  readonly position: Float64Array;
  /** Media time of packet 0, in the track's timescale. */
  readonly first: number;
};

/**
 * `time`: the track's own times; `end`: of its last packet. Where every packet gives `frame` samples that counts, and packets follow each other
 * without looking at the clock: its last is told too short, and its first too long where a muxer filled up what it had no edit list
 * for. A track with gaps has its packets where their times say.
 */
export function packetPositions(time: Float64Array, end: number, timescale: number, sampleRate: number, frame: number): PacketPositions {
  const count = time.length;
  const start = time[0] ?? 0;
  const scale = sampleRate / timescale;
  const told = (packet: number): number => Math.round(((time[packet] ?? 0) - start) * scale);
  const position = new Float64Array(count + 1);
  const lead = frame > 0 && count > 1 ? told(1) - frame : 0;
  let isEven = frame > 0;
  for (let i = 1; i < count && isEven; i++) isEven = Math.abs(told(i) - i * frame - lead) <= frame / 2;
  if (isEven) {
    for (let i = 0; i <= count; i++) position[i] = i * frame;
    // A tick or two is the rounding of a coarse clock.
    return { position, first: Math.abs(lead) > 2 * Math.max(1, scale) ? start + Math.round(lead / scale) : start };
  }
  for (let i = 0; i < count; i++) position[i] = told(i);
  position[count] = frame > 0 ? (position[count - 1] ?? 0) + frame : Math.round((end - start) * scale);
  // A track whose times run backward is taken in the order of its packets.
  for (let i = 1; i <= count; i++) position[i] = Math.max(position[i] ?? 0, position[i - 1] ?? 0);
  return { position, first: start };
}
