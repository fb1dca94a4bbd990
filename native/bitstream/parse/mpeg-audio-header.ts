/** The frame header of MPEG audio, layers 1 to 3 (ISO 11172-3, 2.4.1.3; ISO 13818-3, 2.4.2.3). */
export type MpegAudioHeader = {
  readonly codec: 'mp1' | 'mp2' | 'mp3';
  readonly sampleRate: number;
  readonly channels: number;
  /** Sample frames of one packet. */
  readonly frame: number;
};

const rates = [44_100, 48_000, 32_000];
const codecs = ['mp3', 'mp2', 'mp1'] as const;
const mono = 3;

/** `head`: four bytes. Null for what is no such frame. */
export function parseMpegAudioHeader(head: Uint8Array): MpegAudioHeader | null {
  const [first = 0, second = 0, third = 0, fourth = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return null;
  const version = (second >> 3) & 3;
  const codec = codecs[((second >> 1) & 3) - 1];
  const rate = rates[(third >> 2) & 3];
  if (version === 1 || !codec || !rate) return null;
  const isFull = version === 3;
  return {
    codec,
    sampleRate: isFull ? rate : version === 2 ? rate / 2 : rate / 4,
    channels: fourth >> 6 === mono ? 1 : 2,
    frame: codec === 'mp1' ? 384 : codec === 'mp3' && !isFull ? 576 : 1152,
  };
}
