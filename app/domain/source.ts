/**
 * What the index knows of one piece of media. Whatever the container was, it ends up the same: files that hold bytes, and tables
 * that say which bytes are which frame. Decoding, copying and planning need nothing else, so no demuxer runs after indexing.
 *
 * Containers whose packets lie whole in the file (ISO-BMFF, most MKV, AVI, MXF) are referred to in place. Packets that do not
 * (MPEG-TS, Annex B streams) were unpacked once into a file of the cache, which is then one more of `files`.
 * Image sequences have one file a frame.
 */
import type { Rational } from './rational.ts';

export type Source = {
  /** Absolute path as the user named it; for a sequence its pattern, e.g. /a/plate.%04d.exr. */
  readonly path: string;
  /** Bytes and modification time: only when to look again, never part of a key. */
  readonly size: number;
  readonly modifiedMs: number;
  /** Hash of size, head, tail, header and some spread blocks, in hex; part of every key. */
  readonly fingerprint: string;
  /** "isobmff", "sequence", or FFmpeg's name of the demuxer. */
  readonly container: string;
  /** Absolute paths; every `file` number in the tables below counts in this list. */
  readonly files: readonly string[];
  readonly picture: Picture | null;
  readonly sound: Sound | null;
  readonly timecode: SourceTimecode | null;
  readonly reel: string | null;
  /** ISO 8601, or null. */
  readonly created: string | null;
  /** What was odd but could be lived with, in sentences. */
  readonly warnings: readonly string[];
};

/** The label of the first frame. */
export type SourceTimecode = { readonly frame: number; readonly rate: Rational; readonly dropFrame: boolean };

export type PictureFormat = {
  /** FFmpeg's codec name: h264, hevc, prores, dnxhd, mpeg2video, mpeg4, mjpeg, vp9, av1, png, dpx, exr, ... */
  readonly codec: string;
  /** Sample entry's four characters ("avc1", "apch"), or "" where the container has none. */
  readonly tag: string;
  /** FFmpeg's profile name or the codec's own flavour ("High", "422 HQ", DNxHD compression id), "" unknown: for people and encoders. */
  readonly profile: string;
  /** Coded picture as it should be cropped, before aspect ratio and rotation. */
  readonly width: number;
  readonly height: number;
  /** Sample aspect ratio; 1/1 if unknown. */
  readonly sar: Rational;
  /** FFmpeg's name, e.g. yuv420p, yuv422p10le; full range is told by `range`, never by yuvj names. */
  readonly pixelFormat: string;
  readonly range: 'limited' | 'full' | 'unknown';
  /** ITU-T H.273 numbers; 2 is unspecified. */
  readonly colour: { readonly primaries: number; readonly transfer: number; readonly matrix: number };
  readonly fieldOrder: 'progressive' | 'tff' | 'bff' | 'unknown';
  /** Clockwise degrees at which the picture is to be shown. */
  readonly rotation: 0 | 90 | 180 | 270;
};

export type Picture = {
  readonly format: PictureFormat;
  /** Constant rate, or for VFR the nominal one on which frame numbers of lists are counted. */
  readonly rate: Rational;
  readonly isConstantRate: boolean;
  /** A single picture that lasts as long as it is asked to. */
  readonly isStill: boolean;
  /**
   * Decoder configuration as FFmpeg's extradata: avcC/hvcC/av1C payload, esds' specific info, empty where none.
   * H.264 and HEVC samples are always length-prefixed and described by an avcC/hvcC.
   */
  readonly config: Uint8Array;
  /** Whole sample entry box, for copying it into the movie; empty where the container has none. */
  readonly sampleEntry: Uint8Array;
  /** H.264/HEVC: how many parameter-set ids a movie must give to this source, and what they contain. Null for other codecs. */
  readonly sets: { readonly hash: string; readonly count: number } | null;
  /** Why samples cannot be copied whatever the profile ("changes format in mid-stream"), or null. */
  readonly copyObstacle: string | null;
  readonly samples: PictureSamples;
  /**
   * Frame n of the source (after edit lists, in order of display) is the sample of that rank in order of presentation time:
   * `shown[n]` is a rank. Null means the identity 0..samples.count-1.
   */
  readonly shown: Uint32Array | null;
  /** Time of frame n in `timescale` units from the first frame, ascending; null where the rate is constant. */
  readonly times: Float64Array | null;
  readonly timescale: number;
};

/** One element per coded sample, in decode order. */
export type PictureSamples = {
  readonly count: number;
  readonly file: Uint32Array | null; // null: all in files[0]
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  /** Rank in order of presentation: a permutation of 0..count-1. */
  readonly rank: Uint32Array;
  /** Bits: see `sampleFlags`. */
  readonly flags: Uint8Array;
};

export const sampleFlags = {
  /** Decoding can start here, though pictures shown before it may be missing. */
  sync: 1,
  /** H.264 IDR, HEVC IDR or BLA, or any key frame of another codec: nothing after it needs anything before it. */
  closed: 2,
  /** No other picture needs it (nal_ref_idc 0, HEVC sub-layer non-reference at the highest layer, B of MPEG-2). */
  disposable: 4,
  /** HEVC CRA: copying may start here if it is turned into a BLA and its leading pictures are left out. */
  cra: 8,
  /** The second field of the sample before: decoded with it, it shows nothing of its own and stands in no `shown`. */
  secondField: 16,
} as const;

export type SoundFormat = {
  /** FFmpeg's codec name: aac, pcm_s16le, mp3, ac3, opus, flac, ... */
  readonly codec: string;
  readonly tag: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** FFmpeg's layout name: "mono", "stereo", "5.1"; "N channels" where the order is unknown. */
  readonly layout: string;
  /** Bits a sample for PCM and lossless, else 0. */
  readonly bits: number;
};

export type Sound = {
  readonly format: SoundFormat;
  readonly config: Uint8Array;
  readonly sampleEntry: Uint8Array;
  /**
   * Sound sample (at the sound's own rate, counted from the first sample the decoder gives for packet 0) that is heard with
   * the first frame of the picture; negative where sound starts later. Priming and edit lists are in it. A fraction over `startDen`.
   */
  readonly start: number;
  readonly startDen: number;
  /** Samples a decoder gives, priming included; bounds what can be heard. */
  readonly length: number;
  readonly packets: SoundPackets;
};

/**
 * Coded sound: one element per packet. PCM: one element per contiguous run of sample frames, so that an hour is a few thousand numbers.
 */
export type SoundPackets = {
  readonly count: number;
  readonly file: Uint32Array | null;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  /** First sample frame of the packet, counted from packet 0, at the sound's rate; count + 1 elements, the last is the end. */
  readonly position: Float64Array;
};

/** Frames of the picture, or of the sound at its own rate when there is no picture. */
export function sourceFrames(source: Source): number {
  if (source.picture) return source.picture.shown?.length ?? source.picture.samples.count;
  return source.sound?.length ?? 0;
}
