/**
 * Encoders that give each packet at once stay open between segments and jobs: opening one costs as much as several frames.
 * One that holds frames back ends with its segment.
 */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { PictureEncoder, type EncoderSettings } from '../codec/picture-encoder.ts';
import { dnxhdBitRate } from './dnxhd-bit-rate.ts';

/** Kept open: each holds some 36 MB at 1080p. */
const mostKept = 3;

/** An encoder and how many frames it has been sent, which is the next one's timestamp. */
export type RunningEncoder = { readonly encoder: PictureEncoder; readonly key: string; sent: number };

export class EncoderCache implements Disposable {
  readonly #kept = new Map<string, RunningEncoder>();

  /** The caller's until it is given back or disposed of. Throws `encode.failed`. */
  take(settings: EncoderSettings, format: PictureFormat, rate: Rational): RunningEncoder {
    const key = JSON.stringify([settings.name, settings.options, settings.threads, format, rate]);
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    return kept ?? { encoder: new PictureEncoder(completed(settings, format, rate), format, rate), key, sent: 0 };
  }

  /** All packets of what it was sent have come out. */
  giveBack(running: RunningEncoder): void {
    this.#kept.get(running.key)?.encoder[Symbol.dispose]();
    this.#kept.set(running.key, running);
    for (const [key, { encoder }] of this.#kept) {
      if (this.#kept.size <= mostKept) break;
      encoder[Symbol.dispose]();
      this.#kept.delete(key);
    }
  }

  [Symbol.dispose](): void {
    for (const { encoder } of this.#kept.values()) encoder[Symbol.dispose]();
    this.#kept.clear();
  }
}

function completed(settings: EncoderSettings, format: PictureFormat, rate: Rational): EncoderSettings {
  if (settings.options['profile'] !== 'dnxhd') return settings;
  const bitRate = dnxhdBitRate(format, rate);
  if (bitRate === null) throw new StringoutError('encode.failed', `DNxHD has no pictures of ${format.width}x${format.height}; choose the profile dnxhr`);
  return { ...settings, options: { b: bitRate, ...settings.options } };
}
