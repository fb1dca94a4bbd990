/** Frames in order become one segment file: a run of samples that begins with a picture where decoding can start and needs nothing outside. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureEncodeRequest, PictureSegment } from '../../../app/contract/jobs/picture-encode.ts';
import { sampleFlags } from '../../../app/domain/source.ts';
import { SegmentWriter } from '../../segment/segment-writer.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { codedBytes, codedConfig, codedFlags, codedTag } from './coded-form.ts';
import type { EncoderCache, RunningEncoder } from './encoder-cache.ts';

export type SegmentFrames = {
  readonly count: number;
  /** Frame i in the encoder's format, the caller's to free. */
  readonly frame: (i: number) => Promise<FrameHandle>;
};

/** Throws `encode.failed`, `output.full` and what `frames.frame` throws; then no file is left. */
export async function encodeSegment(
  path: string, frames: SegmentFrames, request: Pick<PictureEncodeRequest, 'encoder' | 'format' | 'rate'>, cache: EncoderCache,
): Promise<PictureSegment> {
  const running = cache.take(request.encoder, request.format, request.rate);
  try {
    using writer = new SegmentWriter(path);
    const samples = new SampleTable(running, request.format, writer);
    for (let i = 0; i < frames.count; i++) {
      using frame = await frames.frame(i);
      running.encoder.send(frame, running.sent++, i === 0);
      samples.receive();
    }
    const wasImmediate = running.encoder.pending === 0;
    if (!wasImmediate) running.encoder.drain();
    samples.receive();
    const config = codedConfig(request.format, running.encoder.extradata);
    const told = { config, tag: codedTag(request.format), ...samples.columns(frames.count) };
    writer.finish({ kind: 'picture', ...told });
    if (wasImmediate) cache.giveBack(running);
    else running.encoder[Symbol.dispose]();
    return { path, offset: 0, ...told };
  } catch (error) {
    running.encoder[Symbol.dispose]();
    throw error;
  }
}

class SampleTable {
  readonly #running: RunningEncoder;
  readonly #format: PictureEncodeRequest['format'];
  readonly #writer: SegmentWriter;
  readonly #first: number;
  readonly #size: number[] = [];
  readonly #display: number[] = [];
  readonly #flags: number[] = [];

  constructor(running: RunningEncoder, format: PictureEncodeRequest['format'], writer: SegmentWriter) {
    this.#running = running;
    this.#format = format;
    this.#writer = writer;
    this.#first = running.sent;
  }

  receive(): void {
    const { encoder } = this.#running;
    for (let picture = encoder.receive(); picture; picture = encoder.receive()) {
      const bytes = codedBytes(this.#format, picture.data);
      this.#writer.write(bytes);
      this.#size.push(bytes.length);
      this.#display.push(picture.pts - this.#first);
      this.#flags.push(codedFlags(this.#format, picture));
    }
  }

  /** Throws where the encoder lost a frame, doubled one, or does not begin with a key frame. */
  columns(count: number): { size: Uint32Array; display: Uint32Array; flags: Uint8Array } {
    const shown = new Set(this.#display);
    const isWhole = this.#display.length === count && shown.size === count && this.#display.every((place) => place >= 0 && place < count);
    if (!isWhole || ((this.#flags[0] ?? 0) & sampleFlags.sync) === 0) {
      throw new StringoutError('encode.failed', `the encoder made ${this.#display.length} pictures of ${count} frames, or does not begin with a key frame`);
    }
    return { size: Uint32Array.from(this.#size), display: Uint32Array.from(this.#display), flags: Uint8Array.from(this.#flags) };
  }
}
