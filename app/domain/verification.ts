/** What reading a movie back has shown. */

/** Where a clip's last frame meets the next one's first. */
export type Seam = {
  /** Counts from 0: seam n lies between clips n and n + 1. */
  readonly index: number;
  /** Frame of the movie that comes first after it. */
  readonly frame: number;
  /** That frame's timestamp, in ticks of its track. */
  readonly pts: number;
  /** Samples by which the sound beside the seam comes late (positive) or early, whichever side is further off; 0 where it cannot be told. */
  readonly audioOffsetSamples: number;
  /** MD5 of the decoded pictures before and after it, planes without padding, as ffmpeg's framemd5 has them. */
  readonly lastHash: string;
  readonly firstHash: string;
  readonly ok: boolean;
};

export type Verification = {
  /** Frames found. */
  readonly frames: number;
  /** Frames of the plan, or without one those that the movie's own header promises. */
  readonly expected: number;
  /** All that is wrong or worth knowing, in sentences. */
  readonly warnings: readonly string[];
  readonly ok: boolean;
};
