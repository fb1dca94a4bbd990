/** A clip's pictures by the browser's own decoder. Samples carry their rank for a time, so that no rounding of times moves any. */
import type { PictureWindow } from '../../app/contract/playback.ts';
import { fromBase64 } from '../../app/domain/playback/base64.ts';
import type { PictureSink } from './picture-sink.ts';
import type { LoadedWindow, PictureWindows } from './picture-windows.ts';

/** Samples left of a window when the next is fetched though nothing plays. */
const fewLeft = 2;
const primerTime = -1000;

/** The browser gave up on these samples: they can be had as frames from the host. */
export class UndecodableError extends Error {}

/** Throws `UndecodableError`, and what fetching throws. */
export async function decodePictures(windows: PictureWindows, start: LoadedWindow, sink: PictureSink): Promise<void> {
  let failure: DOMException | null = null;
  const decoder = new VideoDecoder({
    output: (picture) => { sink.take(Math.round(picture.timestamp / 1000), picture); },
    error: (error) => { failure = error; },
  });
  try {
    decoder.configure(configOf(start.window));
    for (let loaded: LoadedWindow | null = start; loaded;) {
      if (loaded.isNewStart) await decoder.flush();
      loaded = await feed(decoder, windows, loaded, sink);
      if (sink.signal.aborted) return;
    }
    await decoder.flush();
  } catch (error) {
    if (sink.signal.aborted) return;
    throw failure !== null || isDecoding(error) ? new UndecodableError('the browser could not decode a picture', { cause: failure ?? error }) : error;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
}

/** Returns the window after this one. */
async function feed(decoder: VideoDecoder, windows: PictureWindows, loaded: LoadedWindow, sink: PictureSink): Promise<LoadedWindow | null> {
  const { window: { samples, primers, ranks }, begin, bytes, count } = loaded;
  sink.expect(ranks);
  const last = ranks.at(-1) ?? 0;
  let next: Promise<LoadedWindow | null> | null = null;
  const fetchNext = (): Promise<LoadedWindow | null> => {
    next ??= windows.after(loaded);
    next.catch(() => undefined); // told when it is awaited
    return next;
  };
  let at = begin - 1;
  for await (const data of bytes) {
    at++;
    const rank = samples.rank[at] ?? 0;
    await sink.room(() => decoder.decodeQueueSize);
    if (sink.signal.aborted) return null;
    if (sink.isRunning || begin + count - at <= fewLeft) void fetchNext();
    const isPrimer = at < primers;
    // What is shown later may be wanted by the next window.
    if (!isPrimer && samples.isDisposable[at] === true && rank <= last && !sink.wants(rank)) continue;
    decoder.decode(new EncodedVideoChunk({ type: isPrimer || samples.isKey[at] === true ? 'key' : 'delta', timestamp: isPrimer ? primerTime : rank * 1000, data }));
  }
  return await fetchNext();
}

function isDecoding(error: unknown): boolean {
  return error instanceof DOMException && ['EncodingError', 'InvalidStateError', 'NotSupportedError', 'OperationError', 'DataError'].includes(error.name);
}

function configOf({ codec, description, width, height, aspectWidth, aspectHeight }: PictureWindow): VideoDecoderConfig {
  return {
    codec: codec ?? '', codedWidth: width, codedHeight: height, displayAspectWidth: aspectWidth, displayAspectHeight: aspectHeight, optimizeForLatency: false,
    ...(description === null ? {} : { description: fromBase64(description) }),
  };
}

const supported = new Map<string, Promise<boolean>>();

export function canDecode(window: PictureWindow): Promise<boolean> {
  if (window.codec === null) return Promise.resolve(false);
  const config = configOf(window);
  const key = `${window.codec} ${String(window.width)}x${String(window.height)}`;
  const known = supported.get(key) ?? VideoDecoder.isConfigSupported(config).then((answer) => answer.supported === true, () => false);
  supported.set(key, known);
  return known;
}
