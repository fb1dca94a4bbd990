/** A chain of picture filters: frames of one shape in, filtered frames out. A graph and its filters live and die together. */
import { FilterGraph, type FilterContext } from 'node-av/lib';
import { AV_BUFFERSRC_FLAG_KEEP_REF, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { Rational } from '../../../app/domain/rational.ts';
import { check } from '../library.ts';
import { FrameHandle } from './handles.ts';

export type ChainInput = {
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly sar: Rational;
  /** H.273 number of the matrix, and whether black is 0. */
  readonly matrix: number;
  readonly isFullRange: boolean;
};

export class FilterChain implements Disposable {
  readonly #input: ChainInput;
  #graph: FilterGraph | null = new FilterGraph();
  readonly #source: FilterContext;
  readonly #sink: FilterContext;
  /** Ticks of its output for one of its input: 2 for filters that halve the time base. */
  readonly ticks: number;

  /** `filters` as on FFmpeg's command line. Throws `internal` where they cannot be made. */
  constructor(input: ChainInput, filters: string) {
    this.#input = input;
    const graph = this.#native;
    graph.alloc();
    try {
      graph.nbThreads = 1;
      const { width, height, pixelFormat, sar, matrix, isFullRange } = input;
      const shape = `video_size=${width}x${height}:pix_fmt=${pixelFormat}:time_base=1/1:pixel_aspect=${sar.num}/${sar.den}`;
      const source = `buffer@in=${shape}:colorspace=${matrix}:range=${isFullRange ? 'pc' : 'tv'}`;
      check(graph.parse2(`${source},${filters},buffersink@out`), 'internal', `the filters ${filters} could not be made`);
      check(graph.configSync(), 'internal', `the filters ${filters} do not take ${width}x${height} ${pixelFormat}`);
      this.#source = named(graph, 'buffer@in');
      this.#sink = named(graph, 'buffersink@out');
      const timeBase = this.#sink.buffersinkGetTimeBase();
      this.ticks = timeBase.den / timeBase.num;
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  takes(frame: FrameHandle): boolean {
    const { width, height } = frame.native;
    return width === this.#input.width && height === this.#input.height && frame.pixelFormat === this.#input.pixelFormat;
  }

  /** Null: no more frames come. The frame stays the caller's. */
  push(frame: FrameHandle | null): void {
    if (frame && !this.takes(frame)) throw new StringoutError('internal', 'a frame of another shape than the filters were made for');
    this.#alive();
    check(this.#source.buffersrcAddFrameSync(frame?.native ?? null, AV_BUFFERSRC_FLAG_KEEP_REF), 'decode.failed', 'a frame could not be filtered');
  }

  /** Changes an option of the filter `target` ("drawtext@name") from the next frame on. */
  command(target: string, option: string, value: string): void {
    const answer = this.#native.sendCommand(target, option, value);
    if (typeof answer === 'number') check(answer, 'internal', `the filter ${target} does not take ${option}`);
  }

  /** The next frame, the caller's to free; null: none at present. */
  pull(): FrameHandle | null {
    this.#alive();
    const frame = new FrameHandle();
    const code = this.#sink.buffersinkGetFrameSync(frame.native);
    if (code >= 0) return frame;
    frame.free();
    if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return null;
    check(code, 'decode.failed', 'a frame could not be filtered');
    return null;
  }

  [Symbol.dispose](): void {
    this.#graph?.free();
    this.#graph = null;
  }

  get #native(): FilterGraph {
    if (!this.#graph) throw new StringoutError('internal', 'these filters are already closed');
    return this.#graph;
  }

  /** A filter that is used after its graph was freed ends the process. */
  #alive(): void {
    void this.#native;
  }
}

function named(graph: FilterGraph, name: string): FilterContext {
  const context = graph.getFilter(name);
  if (!context) throw new StringoutError('internal', `the filters have no ${name}`);
  return context;
}
