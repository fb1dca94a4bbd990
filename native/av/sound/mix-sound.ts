/** Parts that overlap or are made louder: each layer rendered by itself as floats, summed, and only then rounded or encoded. */
import type { SoundPart, SoundRendering } from '../../../app/contract/jobs/sound-render.ts';
import type { RenderPace, TakeBytes } from './render-pace.ts';

/** Renders a request whose parts do not overlap and are as recorded. */
export type RenderPlain = (request: SoundRendering, take: TakeBytes, pace: RenderPace) => Promise<{ readonly warnings: readonly string[] }>;

export type Mixed = { readonly samples: Float32Array; readonly warnings: readonly string[] };

export function isMix(parts: readonly SoundPart[]): boolean {
  let end = -Infinity;
  for (const { at, length, gain, fade } of parts) {
    if ((gain ?? 0) !== 0 || fade || at < end) return true;
    end = Math.max(end, at + length);
  }
  return false;
}

/** Interleaved samples [start, end) of the programme; may exceed full scale. */
export async function mixParts(request: SoundRendering, range: { readonly start: number; readonly end: number }, render: RenderPlain, pace: RenderPace): Promise<Mixed> {
  const { channels } = request.format;
  const samples = new Float32Array((range.end - range.start) * channels);
  const warnings = new Set<string>();
  const layers = layersOf(request.parts);
  const total = samples.length * Math.max(1, layers.length);
  for (const [index, { gain, parts }] of layers.entries()) {
    const factor = 10 ** (gain / 20);
    const fading = new Fading(parts, range.start);
    let at = 0;
    const { warnings: told } = await render({
      ...request, from: range.start, to: range.end, parts, format: { ...request.format, codec: 'pcm_f32le', bits: 32 },
    }, (bytes) => {
      const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
      for (let i = 0; i < floats.length; i++) samples[at + i] = (samples[at + i] ?? 0) + factor * fading.at(Math.floor((at + i) / channels)) * (floats[i] ?? 0);
      at += floats.length;
    }, { checkpoint: () => pace.checkpoint(), progress: (done, of) => { pace.progress(index * samples.length + (samples.length * done) / Math.max(1, of), total); } });
    told.forEach((warning) => warnings.add(warning));
  }
  return { samples, warnings: [...warnings] };
}

/** How loud the parts of a layer are, sample by sample in ascending order. */
class Fading {
  readonly #parts: readonly SoundPart[];
  readonly #start: number;
  readonly #isAny: boolean;
  #part = 0;

  constructor(parts: readonly SoundPart[], start: number) {
    this.#parts = parts;
    this.#start = start;
    this.#isAny = parts.some(({ fade }) => fade !== undefined);
  }

  /** 0 to 1 at a sample counted from the start. */
  at(sample: number): number {
    if (!this.#isAny) return 1;
    const position = this.#start + sample;
    for (let part = this.#parts[this.#part]; part && part.at + part.length <= position; part = this.#parts[this.#part]) this.#part++;
    const part = this.#parts[this.#part];
    if (!part?.fade || position < part.at) return 1;
    const { inFrom, inTo, outFrom, outTo } = part.fade;
    const own = part.from + position - part.at;
    // In the middle of the sample, so that two that cross sum up to one.
    const up = inTo > inFrom ? Math.max(0, Math.min(1, (own - inFrom + 0.5) / (inTo - inFrom))) : 1;
    const down = outTo > outFrom ? Math.max(0, Math.min(1, (outTo - own - 0.5) / (outTo - outFrom))) : 1;
    return up * down;
  }
}

type Layer = { readonly gain: number; readonly parts: SoundPart[]; end: number };

/** As few as may be, each of one gain and without overlaps. Parts are in order. */
function layersOf(parts: readonly SoundPart[]): readonly Layer[] {
  const layers: Layer[] = [];
  for (const { gain = 0, ...part } of parts) {
    const free = layers.find((layer) => layer.gain === gain && layer.end <= part.at);
    if (free) {
      free.parts.push(part);
      free.end = part.at + part.length;
    } else layers.push({ gain, parts: [part], end: part.at + part.length });
  }
  return layers;
}

/** Little-endian PCM of a codec that we write; what exceeds full scale is clipped, never wrapped. */
export function packPcm(codec: string, samples: Float32Array): Uint8Array {
  if (codec === 'pcm_f32le') return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  const bytes = codec === 'pcm_s16le' ? 2 : codec === 'pcm_s24le' ? 3 : 4;
  const scale = 2 ** (8 * bytes - 1);
  const packed = new Uint8Array(samples.length * bytes);
  for (let i = 0, at = 0; i < samples.length; i++) {
    let value = Math.max(-scale, Math.min(scale - 1, Math.round((samples[i] ?? 0) * scale)));
    for (let byte = 0; byte < bytes; byte++) {
      packed[at++] = value & 255;
      value >>= 8;
    }
  }
  return packed;
}
