/** A stretch of the programme's sound as PCM or AAC. Whatever its length, only blocks of it are in memory. */
import { AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32, type AVSampleFormat } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { SoundRendering } from '../../../app/contract/jobs/sound-render.ts';
import { AacEncoder, aacBlock, aacPriming } from './aac-encoder.ts';
import { isMix, mixParts, packPcm } from './mix-sound.ts';
import { PartRenderer } from './part-renderer.ts';
import type { RenderPace, TakeBytes } from './render-pace.ts';
import { SampleBlocks } from './sample-blocks.ts';
import { SoundTools } from './sound-tools.ts';

export type RenderedSound = {
  readonly config: Uint8Array;
  readonly priming: number;
  /** Bytes of each packet, or of the PCM in stretches below 1 GB. */
  readonly size: Uint32Array;
  readonly warnings: readonly string[];
};

/** Packets encoded before the first that is kept: with fewer than three the joint is heard. */
const preRoll = 4;
/** The encoder looks one block ahead. */
const lookahead = 1;
const pcmBlock = 8192;
const largestElement = 1_000_000_000;

type PcmTarget = { readonly sampleFormat: AVSampleFormat; readonly rendered: number; readonly written: number };

/** Bytes of a sample of one channel as the converter gives it, and in the file. */
const pcmTargets: Readonly<Record<string, PcmTarget>> = {
  pcm_s16le: { sampleFormat: AV_SAMPLE_FMT_S16, rendered: 2, written: 2 },
  pcm_s24le: { sampleFormat: AV_SAMPLE_FMT_S32, rendered: 4, written: 3 },
  pcm_s32le: { sampleFormat: AV_SAMPLE_FMT_S32, rendered: 4, written: 4 },
  pcm_f32le: { sampleFormat: AV_SAMPLE_FMT_FLT, rendered: 4, written: 4 },
};

/** `tools`: shared with other renderings. Throws `decode.failed`, `encode.failed` and `input.changed`, with the clip where one is to blame. */
export async function renderSound(request: SoundRendering, take: TakeBytes, pace: RenderPace, tools?: SoundTools): Promise<RenderedSound> {
  const [aac, pcm] = isMix(request.parts) ? [mixAac, mixPcm] : [renderAac, renderPcm];
  const render = request.format.codec === 'aac' ? aac : pcm;
  if (tools) return render(request, take, pace, tools);
  using own = new SoundTools();
  return await render(request, take, pace, own);
}

async function mixPcm(request: SoundRendering, take: TakeBytes, pace: RenderPace, tools: SoundTools): Promise<RenderedSound> {
  const { format, from, to } = request;
  const target = pcmTargets[format.codec];
  if (!target) throw new StringoutError('encode.failed', `sound cannot be written as ${format.codec}`);
  const { samples, warnings } = await mixParts(request, { start: from, end: to }, (layer, keep, turns) => renderPcm(layer, keep, turns, tools), pace);
  take(packPcm(format.codec, samples));
  return { config: new Uint8Array(0), priming: 0, size: elements((to - from) * format.channels * target.written, format.channels * target.written), warnings };
}

async function mixAac(request: SoundRendering, take: TakeBytes, pace: RenderPace, tools: SoundTools): Promise<RenderedSound> {
  const { format, from, to } = request;
  using encoder = new AacEncoder(format, request.bitRate);
  const first = Math.max(0, from - preRoll);
  const { samples, warnings } = await mixParts(request, { start: first * aacBlock, end: (to + lookahead) * aacBlock }, (layer, keep, turns) => renderPcm(layer, keep, turns, tools), pace);
  const size: number[] = [];
  let packet = first;
  for (let block = first; block < to + lookahead; block++) {
    encoder.planes.forEach((plane, channel) => {
      const floats = new Float32Array(plane.buffer, plane.byteOffset, aacBlock);
      for (let i = 0; i < aacBlock; i++) floats[i] = Math.max(-1, Math.min(1, samples[((block - first) * aacBlock + i) * format.channels + channel] ?? 0));
    });
    encoder.encode((bytes) => {
      if (packet >= from && packet < to) {
        take(bytes);
        size.push(bytes.length);
      }
      packet++;
    });
  }
  if (size.length !== to - from) throw new StringoutError('encode.failed', `the AAC encoder gave ${size.length} packets where ${to - from} were due`);
  return { config: encoder.config, priming: aacPriming, size: Uint32Array.from(size), warnings };
}

async function renderAac(request: SoundRendering, take: TakeBytes, pace: RenderPace, tools: SoundTools): Promise<RenderedSound> {
  const { format, from, to } = request;
  using encoder = new AacEncoder(format, request.bitRate);
  const first = Math.max(0, from - preRoll);
  let packet = first;
  const size: number[] = [];
  const keep = (bytes: Uint8Array): void => {
    if (packet >= from && packet < to) {
      take(bytes);
      size.push(bytes.length);
    }
    packet++;
  };
  // Block b of the programme goes in, and packet b comes out, whose sound is block b - 1.
  const range = { start: first * aacBlock, end: (to + lookahead) * aacBlock };
  const blocks = new SampleBlocks(range, aacBlock, 4, () => encoder.planes, () => encoder.encode(keep));
  const parts = new PartRenderer({ sampleFormat: AV_SAMPLE_FMT_FLTP, sampleRate: format.sampleRate, isWide: false, layout: format.layout, channels: format.channels }, tools);
  await renderParts(request, range, blocks, parts, pace);
  if (size.length !== to - from) throw new StringoutError('encode.failed', `the AAC encoder gave ${size.length} packets where ${to - from} were due`);
  return { config: encoder.config, priming: aacPriming, size: Uint32Array.from(size), warnings: parts.warnings };
}

async function renderPcm(request: SoundRendering, take: TakeBytes, pace: RenderPace, tools: SoundTools): Promise<RenderedSound> {
  const { format, from, to } = request;
  const target = pcmTargets[format.codec];
  if (!target) throw new StringoutError('encode.failed', `sound cannot be written as ${format.codec}`);
  const buffer = new Uint8Array(pcmBlock * format.channels * target.rendered);
  const range = { start: from, end: to };
  const blocks = new SampleBlocks(range, pcmBlock, format.channels * target.rendered, () => [buffer], (samples) => {
    const bytes = buffer.subarray(0, samples * format.channels * target.rendered);
    take(target.written === 3 ? narrow24(bytes) : bytes);
  });
  const { sampleFormat } = target;
  const parts = new PartRenderer({ sampleFormat, sampleRate: format.sampleRate, isWide: format.codec === 'pcm_s32le', layout: format.layout, channels: format.channels }, tools);
  await renderParts(request, range, blocks, parts, pace);
  return { config: new Uint8Array(0), priming: 0, size: elements((to - from) * format.channels * target.written, format.channels * target.written), warnings: parts.warnings };
}

async function renderParts(
  request: SoundRendering, range: { start: number; end: number }, blocks: SampleBlocks, parts: PartRenderer, pace: RenderPace,
): Promise<void> {
  const total = range.end - range.start;
  const checkpoint = (): Promise<void> => {
    pace.progress(blocks.position - range.start, total);
    return pace.checkpoint();
  };
  for (const part of request.parts) {
    if (part.at >= range.end || part.at + part.length <= range.start) continue;
    await parts.render(part, blocks, checkpoint);
  }
  parts.finish();
  blocks.finish();
  pace.progress(total, total);
}

/** The upper 24 of 32 bits, rounded, in place. */
function narrow24(bytes: Uint8Array): Uint8Array {
  const samples = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  for (let i = 0, o = 0; i < samples.length; i++, o += 3) {
    const value = Math.min(0x7fffff, ((samples[i] ?? 0) >> 8) + (((samples[i] ?? 0) >> 7) & 1));
    bytes[o] = value & 255;
    bytes[o + 1] = (value >> 8) & 255;
    bytes[o + 2] = (value >> 16) & 255;
  }
  return bytes.subarray(0, samples.length * 3);
}

function elements(bytes: number, bytesPerFrame: number): Uint32Array {
  const largest = Math.floor(largestElement / bytesPerFrame) * bytesPerFrame;
  const sizes: number[] = [];
  for (let done = 0; done < bytes; done += largest) sizes.push(Math.min(largest, bytes - done));
  return Uint32Array.from(sizes);
}
