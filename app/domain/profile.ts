/** What the movie is. `match` has been resolved to the majority's parameters before a Profile exists. */
import type { PictureFormat, SoundFormat } from './source.ts';
import type { Rational } from './rational.ts';

export const profileNames = ['match', 'h264', 'hevc', 'prores', 'dnxhr', 'av1'] as const;
export type ProfileName = (typeof profileNames)[number];

/** `wav` is the programme's sound alone. */
export const containers = ['mp4', 'mov', 'mkv', 'mxf', 'wav'] as const;
export type Container = (typeof containers)[number];

export type SoundMode = 'exact' | 'packets' | 'none';

export type Profile = {
  readonly name: ProfileName;
  readonly container: Container;
  readonly rate: Rational;
  readonly picture: PictureFormat;
  /** How frames of this picture are made where they cannot be copied. */
  readonly encoder: PictureEncoder;
  readonly sound: SoundProfile | null;
  /** The movie's start timecode. */
  readonly start: { readonly frame: number; readonly dropFrame: boolean };
};

export type PictureEncoder = {
  /** FFmpeg's encoder name: libx264, libx265, prores_ks, dnxhd, libsvtav1, libvpx-vp9, mpeg2video, mpeg4, mjpeg. */
  readonly name: string;
  /** AVOptions for a clip that is encoded whole. */
  readonly options: Readonly<Record<string, string>>;
  /** AVOptions for edges, where time counts more than bytes; equal to `options` where there are no edges. */
  readonly edgeOptions: Readonly<Record<string, string>>;
  readonly threads: number;
};

export type SoundProfile = {
  readonly mode: 'exact' | 'packets';
  /** aac, or one of pcm_s16le, pcm_s24le, pcm_s32le, pcm_f32le; big-endian sources are converted in copying never: they are decoded. */
  readonly format: SoundFormat;
  /** Bits a second for aac. */
  readonly bitRate: number;
};
