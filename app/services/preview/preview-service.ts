/**
 * What shots look and sound like, on demand: thumbnails, waveforms and stills kept on disk, and frames streamed for what a browser cannot
 * decode. One job of each kind that is kept at a time in the editor, so that exports keep the machine.
 */
import { StringoutError } from '../../base/errors.ts';
import type { Picture, Source } from '../../domain/source.ts';
import type { JobRunner } from '../assembly/ports.ts';
import { Slots } from '../pool/slots.ts';
import { frameFeed } from './frame-feed.ts';
import { PreviewFiles } from './preview-files.ts';
import { frameNumbers, framesRequest, peaksRequest, sizeWithin, stillRequest, stripRequest, thumbnailRequest, type FrameRange, type Size } from './preview-requests.ts';

const forever = new AbortController().signal;

export class PreviewService {
  readonly #jobs: JobRunner;
  readonly #files: PreviewFiles;
  readonly #slots;

  /** `folder` exists; it is this service's own. `atOnce`: jobs of each kind that is kept. */
  constructor(jobs: JobRunner, folder: string, atOnce = 1) {
    this.#jobs = jobs;
    this.#slots = { strip: new Slots(atOnce), peaks: new Slots(atOnce), still: new Slots(atOnce) };
    this.#files = new PreviewFiles(folder);
  }

  /** Path of a JPEG of app/contract/strip-tiles.ts; null where there is no picture. Throws what the decoder throws, `cancelled`. */
  async strip(source: Source, signal = forever): Promise<string | null> {
    const { picture } = source;
    if (!picture) return null;
    return this.#kept('strip', `${source.fingerprint}.strip.jpg`, signal, (path, shared) => this.#jobs.run<'strip.make'>(stripRequest(source, picture, path), { signal: shared }));
  }

  /** Path of a JPEG of one tile of app/contract/strip-tiles.ts: about `frame`, and none before `from`. Throws `input.unsupported` where there is no picture, as `strip` does else. */
  async thumbnail(source: Source, frame: number, from: number, signal = forever): Promise<string> {
    const picture = pictureOf(source);
    const request = thumbnailRequest(source, picture, frame, from);
    return this.#kept('strip', `${source.fingerprint}.${request.rank}.thumbnail.jpg`, signal, (path, shared) => this.#jobs.run<'strip.make'>(request.toFile(path), { signal: shared }));
  }

  /** Path of a file of app/contract/peaks-file.ts; null where there is no sound. Throws what the decoder throws, `cancelled`. */
  async peaks(source: Source, signal = forever): Promise<string | null> {
    const { sound } = source;
    if (!sound) return null;
    return this.#kept('peaks', `${source.fingerprint}.peaks`, signal, (path, shared) => this.#jobs.run<'peaks.make'>(peaksRequest(source, sound, path), { signal: shared }));
  }

  /** Path of a PNG of one frame at full size, upright and in square pixels; frames beyond the ends are the ends. */
  async still(source: Source, frame: number, signal = forever): Promise<string> {
    const picture = pictureOf(source);
    return this.#kept('still', `${source.fingerprint}.${frame}.png`, signal, (path, shared) => this.#jobs.run<'still.make'>(stillRequest(source, picture, frame, path), { signal: shared }));
  }

  /**
   * Records of app/contract/frame-stream.ts, no larger than `most`; ends where the range does. Resolves with the first frame; is read no faster
   * than the stream. Cancelling the stream or aborting ends the job. Throws `range.invalid`, what the decoder throws, `cancelled`.
   */
  async frames(source: Source, range: FrameRange, most: Size, signal = forever): Promise<ReadableStream<Uint8Array>> {
    const picture = pictureOf(source);
    if (range.step === 0 || range.to <= range.from) throw new StringoutError('range.invalid', 'these frames do not exist', { file: source.path });
    const size = sizeWithin(picture, most);
    return frameFeed({
      numbers: frameNumbers(range), signal,
      send: (numbers, socket, ended) => this.#jobs.run<'frames.stream'>(framesRequest(source, picture, numbers, size, range.step < 0, socket), { signal: ended }),
    });
  }

  #kept(kind: 'strip' | 'peaks' | 'still', name: string, signal: AbortSignal, make: (path: string, signal: AbortSignal) => Promise<unknown>): Promise<string> {
    return this.#files.get(name, signal, async (path, shared) => {
      const free = await this.#slots[kind].take(shared);
      try {
        await make(path, shared);
      } finally {
        free();
      }
    });
  }
}

function pictureOf(source: Source): Picture {
  if (!source.picture) throw new StringoutError('input.unsupported', 'has no picture', { file: source.path });
  return source.picture;
}
