/** What the page and the player's worker say to each other, and the memory that they share. */
import type { Rational } from '../../app/domain/rational.ts';

/** Frames of the timeline's rate throughout. */
export type PlayedClip = { readonly start: number; readonly length: number; readonly shotId: number; readonly sourceIn: number };
export type HeardClip = PlayedClip & { /** Decibels. */ readonly gain: number };

export type PlaybackTimeline = {
  readonly rate: Rational;
  readonly frames: number;
  /** Sorted, not overlapping; black between them. */
  readonly picture: readonly PlayedClip[];
  /** By start; may overlap, and are summed. */
  readonly sound: readonly HeardClip[];
};

export type ToWorker =
  | { readonly kind: 'start'; readonly canvas: OffscreenCanvas; readonly mediaBase: string; readonly shared: SharedArrayBuffer; readonly ring: SharedArrayBuffer; readonly sampleRate: number }
  | { readonly kind: 'timeline'; readonly timeline: PlaybackTimeline; readonly mediaBase: string; /** Another one has media read anew: proxies came, or went. */ readonly version: string }
  | { readonly kind: 'seek'; readonly frame: number; readonly id: number }
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  /** Sound can be played; seconds between a sample's leaving the ring and its being heard. */
  | { readonly kind: 'latency'; readonly seconds: number };

export type FromWorker =
  | { readonly kind: 'trouble'; readonly text: string }
  /** The frame that was sought is on the canvas. */
  | { readonly kind: 'shown'; readonly id: number; readonly frame: number };

/** Int32 fields of `shared`. */
export const sharedFields = { frame: 0, openFrames: 1, shown: 2, missed: 3, drawnFrame: 4, count: 8 } as const;
