/** What a step is expected to take, from the figures of docs/BENCHMARKS.md. An estimate for people, never used to decide exactness. */
import type { Profile } from '../profile.ts';

/** Frames a second that one worker encodes, decoding included, at 1920x1080. */
const encodeSpeed: Readonly<Record<string, number>> = {
  libx264: 45, libx265: 14, libsvtav1: 20, 'libvpx-vp9': 20, prores_ks: 22, dnxhd: 60, mpeg2video: 90, mpeg4: 80, mjpeg: 90,
};
const bytesPerSecond = 1.5e9;
/** CPU seconds a second of programme, stereo at 48 kHz. */
const aacSeconds = 0.0155;
const decodeSoundSeconds = 0.0025;
const copyPacketSeconds = 0.0006;

export function estimateSeconds(profile: Profile, framesToEncode: number, bytesToCopy: number): number {
  const { width, height } = profile.picture;
  const area = (width * height) / (1920 * 1080);
  const speed = encodeSpeed[profile.encoder.name] ?? 30;
  return (framesToEncode * Math.max(area, 0.05)) / speed + bytesToCopy / bytesPerSecond;
}

/** CPU seconds of making the sound of `seconds` of programme. */
export function estimateSoundSeconds(seconds: number, channels: number, way: 'aac' | 'pcm' | 'packets'): number {
  const scale = channels / 2;
  if (way === 'packets') return seconds * copyPacketSeconds;
  return seconds * scale * (way === 'aac' ? aacSeconds + decodeSoundSeconds : decodeSoundSeconds);
}
