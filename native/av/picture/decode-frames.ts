/** Frames of a window of samples, each with its rank as timestamp, in order of display as far as the decoder keeps it. */
import type { PictureInput } from '../../../app/contract/jobs/shared.ts';
import { FilterChain } from '../codec/filter-chain.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { PictureDecoder } from '../codec/picture-decoder.ts';
import { disposableTest } from '../../bitstream/disposable.ts';
import type { SourceFiles } from '../sound/source-files.ts';

/**
 * Each frame is the caller's to free. Samples that do not decode leave a hole. Pictures whose rank is not `wanted` and that no other
 * picture needs are not decoded; null: all are wanted. Throws `decode.failed`, `input.changed`.
 */
export function* decodeFrames(input: PictureInput, files: SourceFiles, wanted: ReadonlySet<number> | null = null): Generator<FrameHandle, void, undefined> {
  const isDisposable = wanted && disposableTest(input.format.codec, input.config);
  using decoder = new PictureDecoder(input.format, input.config);
  let scratch = new Uint8Array(1 << 16);
  /** Of the sample before, where it is wanted: its second field may be a sample of its own, of the next rank. */
  let kept = NaN;
  for (let i = 0; i < input.size.length; i++) {
    const size = input.size[i] ?? 0;
    if (size === 0) continue;
    if (size > scratch.length) scratch = new Uint8Array(2 * size);
    const bytes = scratch.subarray(0, size);
    const rank = input.rank[i] ?? 0;
    files.read(input.files[input.file?.[i] ?? 0] ?? '', input.offset[i] ?? 0, bytes);
    const isWanted = wanted?.has(rank) ?? true;
    if (isDisposable && !isWanted && rank !== kept + 1 && isDisposable(bytes)) continue;
    kept = isWanted ? rank : NaN;
    decoder.send(bytes, rank);
    yield* received(decoder);
  }
  decoder.drain();
  yield* received(decoder);
}

function* received(decoder: PictureDecoder): Generator<FrameHandle, void, undefined> {
  for (let frame = decoder.receive(); frame; frame = decoder.receive()) yield frame;
}

/** One progressive frame for each interlaced one, under the same timestamp. Frames must come in order of display. */
export function* deinterlace(frames: Iterable<FrameHandle>, input: PictureInput): Generator<FrameHandle, void, undefined> {
  let chain: FilterChain | null = null;
  try {
    for (const frame of frames) {
      using owned = frame;
      if (chain && !chain.takes(owned)) {
        yield* filtered(chain, null);
        chain[Symbol.dispose]();
        chain = null;
      }
      chain ??= deinterlacer(owned, input);
      yield* filtered(chain, owned);
    }
    if (chain) yield* filtered(chain, null);
  } finally {
    chain?.[Symbol.dispose]();
  }
}

function deinterlacer(frame: FrameHandle, { format }: PictureInput): FilterChain {
  const { width, height } = frame.native;
  const shape = { width, height, pixelFormat: frame.pixelFormat, sar: format.sar, matrix: unspecified, isFullRange: format.range === 'full' };
  return new FilterChain(shape, `bwdif=mode=send_frame:parity=${format.fieldOrder === 'bff' ? 'bff' : 'tff'}:deint=all`);
}

/** The filter does not look at colour. */
const unspecified = 2;

function* filtered(chain: FilterChain, frame: FrameHandle | null): Generator<FrameHandle, void, undefined> {
  chain.push(frame);
  for (let out = chain.pull(); out; out = chain.pull()) {
    out.pts = Math.floor((out.pts ?? 0) / chain.ticks);
    yield out;
  }
}
