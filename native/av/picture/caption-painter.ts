/** Writes text over frames: white on a dark box, in a font that comes with Stringout. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StringoutError } from '../../../app/base/errors.ts';
import type { Caption, CaptionPlace } from '../../../app/domain/captions.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { FilterChain } from '../codec/filter-chain.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { sourceColour } from './conform-filters.ts';

/** x and y of FFmpeg's drawtext; `m` is the margin. Lines stand on their baseline, so that nothing moves with the letters. */
const places: Readonly<Record<CaptionPlace, (margin: number) => string>> = {
  'top-left': (m) => `x=${m}:y=${m}:y_align=font`,
  'top': (m) => `x=(w-text_w)/2:y=${m}:y_align=font`,
  'top-right': (m) => `x=w-text_w-${m}:y=${m}:y_align=font`,
  'middle': () => 'x=(w-text_w)/2:y=(h-text_h)/2:text_align=C',
  'bottom-left': (m) => `x=${m}:y=h-${2 * m}:y_align=baseline`,
  'bottom-right': (m) => `x=w-text_w-${m}:y=h-${2 * m}:y_align=baseline`,
};

export class CaptionPainter implements Disposable {
  readonly #captions: readonly Caption[];
  readonly #chain: FilterChain;

  constructor(format: PictureFormat, captions: readonly Caption[]) {
    this.#captions = captions;
    const margin = 2 * Math.round(format.height / 60);
    const font = filterValue(fontPath());
    const texts = captions.map(({ place }, i) => {
      const size = Math.max(8, Math.round(format.height / (place === 'middle' ? 15 : 24)));
      return `drawtext@${i}=fontfile=${font}:text=-:expansion=none:fontsize=${size}:fontcolor=white:box=1:boxcolor=black@0.5:boxborderw=${Math.round(size / 4)}:${places[place](margin)}`;
    });
    this.#chain = new FilterChain({ ...format, ...sourceColour(format, format) }, `${texts.join(',')},format=${format.pixelFormat}`);
    captions.forEach(({ text }, i) => { if (text.length === 1) this.#write(i, text[0] ?? ''); });
  }

  /** Frame `i` of those that the captions are for; takes `plain` over, and the result is the caller's. */
  paint(plain: FrameHandle, i: number): FrameHandle {
    using frame = plain;
    this.#captions.forEach(({ text }, caption) => { if (text.length > 1) this.#write(caption, text[i] ?? ''); });
    const { pts } = frame;
    this.#chain.push(frame);
    const painted = this.#chain.pull();
    if (!painted) throw new StringoutError('internal', 'the text over a picture gave no frame');
    if (pts !== null) painted.pts = pts;
    return painted;
  }

  [Symbol.dispose](): void {
    this.#chain[Symbol.dispose]();
  }

  #write(caption: number, text: string): void {
    this.#chain.command(`drawtext@${caption}`, 'text', text);
  }
}

/** FFmpeg opens no file within an archive: in the packed application the font lies beside it. */
function fontPath(): string {
  const name = join('fonts', 'DejaVuSansMono.ttf');
  const packed = 'resourcesPath' in process && typeof process.resourcesPath === 'string' ? join(process.resourcesPath, name) : null;
  if (packed !== null && existsSync(packed)) return packed;
  for (let folder = dirname(fileURLToPath(import.meta.url)); dirname(folder) !== folder; folder = dirname(folder)) {
    const path = join(folder, 'resources', name);
    if (existsSync(path)) return path;
  }
  throw new StringoutError('internal', `the font ${name} is missing: install Stringout again`);
}

/** As one value of a filter's options, within a description of filters: escaped twice. */
function filterValue(text: string): string {
  return text.replace(/[\\':]/g, String.raw`\$&`).replace(/[\\'[\],;]/g, String.raw`\$&`);
}
