/** What decoding and streaming see of the feed that they work for. */
export interface PictureSink {
  /** Aborted: nobody wants more. */
  readonly signal: AbortSignal;
  /** Pictures will go on being asked for: fetch the next ones ahead. */
  readonly isRunning: boolean;
  /** Numbers of the pictures due at the next frames of the timeline. */
  expect(keys: readonly number[]): void;
  /** It is due at a frame that is still to come. */
  wants(key: number): boolean;
  /** Takes the picture over, whether it is wanted or not. */
  take(key: number, picture: VideoFrame): void;
  /** Until few enough pictures wait, `queued` in the decoder included. */
  room(queued: () => number): Promise<void>;
}
