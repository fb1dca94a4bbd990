/** Samples that a packet of coded sound decodes to, where that follows from a rule. */

/** Every packet gives as many as the first. */
const constantCodecs = new Set(['aac', 'aac_latm', 'mp3', 'mp2', 'mp1', 'ac3']);

export type SampleRule = (packet: Uint8Array, first: number) => number;

/** Null: only decoding tells. `config`: FFmpeg's extradata. */
export function sampleRule(codec: string, config: Uint8Array): SampleRule | null {
  if (constantCodecs.has(codec)) return (_, first) => first;
  if (codec === 'opus') return opusSamples;
  if (codec !== 'flac' || config.length < 34) return null;
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = config;
  const block = (b0 << 8) | b1;
  return block > 0 && block === ((b2 << 8) | b3) ? (packet) => flacSamples(packet, block) : null;
}

/** RFC 6716, 3.1: at 48 kHz. */
function opusSamples(packet: Uint8Array): number {
  const [toc = 0, second = 0] = packet;
  const mode = toc >> 3;
  const size = mode < 12 ? [480, 960, 1920, 2880][mode & 3] : mode < 16 ? [480, 960][mode & 1] : [120, 240, 480, 960][mode & 3];
  const frames = (toc & 3) === 0 ? 1 : (toc & 3) === 3 ? second & 63 : 2;
  return (size ?? 960) * frames;
}

/** The last block is shorter: its header tells it (RFC 9639, 9.1.1 and 9.1.6). */
function flacSamples(packet: Uint8Array, block: number): number {
  const code = (packet[2] ?? 0) >> 4;
  if (code !== 6 && code !== 7) return block;
  let at = 5;
  // The coded number is as long as its first byte's leading ones say.
  for (let first = packet[4] ?? 0; first >= 0xc0 && at < 12; first = (first << 1) & 0xff) at++;
  return code === 6 ? (packet[at] ?? 0) + 1 : (((packet[at] ?? 0) << 8) | (packet[at + 1] ?? 0)) + 1;
}
