/** Frames of a stretch of the movie in order of display, decoded as any player would. */
import { Codec, type Stream } from 'node-av/lib';
import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { VerifyFramesRequest } from '../../../app/contract/jobs/movie-verify.ts';
import { FrameHandle, type PacketHandle } from '../codec/handles.ts';
import { OpenContext } from '../codec/open-context.ts';
import { ticks, type MovieReader } from './movie-reader.ts';

export type Stretch = Pick<VerifyFramesRequest['stretches'][number], 'pts' | 'dts' | 'frames'>;

/**
 * Each frame bears its number in the movie as timestamp and is the caller's to free. What does not decode is left out; FFmpeg says why.
 * Throws `decode.failed` where there is no decoder, or the packets are not where the survey found them.
 */
export function* movieFrames(reader: MovieReader, stretch: Stretch): Generator<FrameHandle, void, undefined> {
  let packet = findStart(reader, stretch);
  const stream = reader.track('picture');
  if (!packet || !stream) throw new StringoutError('decode.failed', `the packet at ${stretch.pts} cannot be found again`);
  using decoder = openDecoder(stream);
  for (const [i, number] of stretch.frames.entries()) {
    packet = i === 0 ? packet : nextPacket(reader);
    if (!packet) break;
    packet.native.pts = BigInt(number);
    if (packet.native.size > 0) decoder.native.sendPacketSync(packet.native);
    yield* received(decoder);
  }
  decoder.native.sendPacketSync(null);
  yield* received(decoder);
}

function openDecoder(stream: Stream): OpenContext {
  const codec = Codec.findDecoder(stream.codecpar.codecId);
  if (!codec) throw new StringoutError('decode.failed', 'there is no decoder for the movie\'s picture');
  return new OpenContext({
    codec, options: {}, error: 'decode.failed',
    prepare: (context) => {
      stream.codecpar.toContext(context);
      context.threadCount = 1;
    },
  });
}

/** Errors in a row from one packet, against a decoder that never ends. */
const mostFailures = 64;

function* received(decoder: OpenContext): Generator<FrameHandle, void, undefined> {
  for (let failures = 0; failures < mostFailures;) {
    const frame = new FrameHandle();
    const code = decoder.native.receiveFrameSync(frame.native);
    if (code >= 0) {
      yield frame;
      continue;
    }
    frame.free();
    if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
    failures++;
  }
}

/** Packets after a seek within which the wanted one must come. */
const searched = 1000;

function findStart(reader: MovieReader, { pts, dts }: Stretch): PacketHandle | null {
  if (reader.seek(dts)) {
    for (let i = 0; i < searched; i++) {
      const packet = nextPacket(reader);
      if (!packet) break;
      if (timeOf(packet) === pts) return packet;
    }
  }
  reader.rewind();
  for (let packet = nextPacket(reader); packet; packet = nextPacket(reader)) if (timeOf(packet) === pts) return packet;
  return null;
}

function nextPacket(reader: MovieReader): PacketHandle | null {
  const read = reader.next();
  return read ? read.packet : null;
}

function timeOf({ native }: PacketHandle): number | null {
  return ticks(native.pts) ?? ticks(native.dts);
}
