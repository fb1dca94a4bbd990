/** A clip's pictures as frames from the host, for what the browser cannot decode. */
import { readFrameStream, type FrameRecord } from '../../app/contract/frame-stream.ts';
import type { MediaAccess } from './media-access.ts';
import type { PictureSink } from './picture-sink.ts';
import type { PlayedClip } from './player-messages.ts';
import type { PictureWindows } from './picture-windows.ts';

/** Frames of the timeline in one stream: opening one starts a decoder in the host. */
const streamFrames = 1000;

export type StreamOptions = {
  readonly access: MediaAccess;
  readonly windows: PictureWindows;
  readonly clip: PlayedClip;
  /** Timeline frames. */
  readonly from: number;
  readonly to: number;
  readonly size: { readonly width: number; readonly height: number };
};

export async function streamPictures({ access, windows, clip, from, to, size }: StreamOptions, sink: PictureSink): Promise<void> {
  let sent = -1;
  for (let at = from; at < to;) {
    const { frames } = await windows.tables(at, streamFrames);
    sink.expect(frames);
    at += frames.length;
    const first = frames.find((frame) => frame !== sent);
    // A still goes on: it is here already.
    if (first === undefined) continue;
    const last = frames.at(-1) ?? first;
    for await (const record of readFrameStream(await access.frames(clip.shotId, first, last + 1, size, sink.signal))) {
      await sink.room(() => 0);
      if (sink.signal.aborted) return;
      sink.take(record.number, pictureOf(record));
    }
    sent = last;
  }
}

/** H.273 numbers by the names that browsers have for them. */
const matrices: Readonly<Record<number, VideoMatrixCoefficients>> = { 1: 'bt709', 5: 'bt470bg', 6: 'smpte170m' };

/** Only the matrix counts: players of video show one set of primaries as they show another. */
function pictureOf({ number, width, height, matrix, isFullRange, planes }: FrameRecord): VideoFrame {
  return new VideoFrame(planes, {
    format: 'I420', codedWidth: width, codedHeight: height, timestamp: number * 1000,
    colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: matrices[matrix] ?? 'bt709', fullRange: isFullRange },
  });
}
