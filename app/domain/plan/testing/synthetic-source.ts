/** Sources made of tables alone, for tests of planning. */
import { rational } from '../../rational.ts';
import { sampleFlags, type Picture, type PictureFormat, type PictureSamples, type Sound, type Source } from '../../source.ts';
import type { Clip } from '../../timeline.ts';
import type { ResolvedClip } from '../planned-clip.ts';

export const hd: PictureFormat = {
  codec: 'h264', tag: 'avc1', profile: 'High', width: 1920, height: 1080, sar: rational(1), pixelFormat: 'yuv420p', range: 'limited',
  colour: { primaries: 1, transfer: 1, matrix: 1 }, fieldOrder: 'progressive', rotation: 0,
};

/**
 * Groups of `gop` frames, each led by its key; between references `bFrames` pictures that are decoded after and shown before the
 * next one. `isOpen`: the pictures before a key on the screen follow it in decode order, and only the first key is closed.
 */
export function gopSamples(frames: number, gop: number, bFrames: number, isOpen = false): PictureSamples {
  const rank: number[] = [];
  const flags: number[] = [];
  const push = (shown: number, flag: number): void => {
    rank.push(shown);
    flags.push(flag);
  };
  for (let start = 0; start < frames; start += gop) {
    const end = Math.min(frames, start + gop);
    push(start, sampleFlags.sync | (isOpen && start > 0 ? sampleFlags.cra : sampleFlags.closed));
    // What an open group shows before its key was left over by the group before.
    if (isOpen && start > 0) for (let shown = start - bFrames; shown < start; shown++) push(shown, sampleFlags.disposable);
    const last = isOpen && end < frames ? end - 1 - bFrames : end - 1;
    for (let shown = start + 1; shown <= last;) {
      const reference = Math.min(last, shown + bFrames);
      push(reference, 0);
      for (let b = shown; b < reference; b++) push(b, sampleFlags.disposable);
      shown = reference + 1;
    }
  }
  return {
    count: frames, file: null, rank: Uint32Array.from(rank), flags: Uint8Array.from(flags),
    offset: Float64Array.from(rank, (_, i) => 1000 + i * 5000), size: new Uint32Array(frames).fill(5000),
  };
}

export function picture(samples: PictureSamples, format: PictureFormat = hd): Picture {
  return {
    format, rate: rational(24), isConstantRate: true, isStill: false, config: Uint8Array.of(1, 100, 0, 40), sampleEntry: new Uint8Array(0),
    sets: { hash: 'sets', count: 1 }, copyObstacle: null, samples, shown: null, times: null, timescale: 24,
  };
}

export function aac(seconds: number): Sound {
  const count = Math.ceil((seconds * 48_000) / 1024) + 1;
  return {
    format: { codec: 'aac', tag: 'mp4a', sampleRate: 48_000, channels: 2, layout: 'stereo', bits: 0 },
    config: Uint8Array.of(0x11, 0x90), sampleEntry: new Uint8Array(0), start: 1024, startDen: 1, length: count * 1024,
    packets: {
      count, file: null, offset: Float64Array.from({ length: count }, (_, i) => 500_000 + i * 400), size: new Uint32Array(count).fill(400),
      position: Float64Array.from({ length: count + 1 }, (_, i) => i * 1024),
    },
  };
}

export function source(name: string, made: Picture | null, sound: Sound | null): Source {
  return {
    path: `/media/${name}`, size: 1e6, modifiedMs: 0, fingerprint: name, container: 'isobmff', files: [`/media/${name}`],
    picture: made, sound, timecode: null, reel: null, created: null, warnings: [],
  };
}

export function wholeClip(of: Source): ResolvedClip {
  return clipOf(of, 0, of.picture?.samples.count ?? 0);
}

/** Frames [from, to) of the source. */
export function clipOf(of: Source, from: number, to: number): ResolvedClip {
  const clip: Clip = { kind: 'clip', name: of.fingerprint, media: of.path, range: null, line: null, reel: null, scene: null, take: null, note: null };
  return { name: clip.name, clip, source: of, range: { in: from, out: to, rate: rational(24) }, frames: to - from, window: null, failure: null };
}
