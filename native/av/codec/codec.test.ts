/** The ways to end the process or to lose media silently that FFmpeg leaves open to its callers, each closed by the wrapper. */
import { AV_CHANNEL_ORDER_NATIVE, AV_SAMPLE_FMT_FLTP } from 'node-av/constants';
import { expect, test } from 'vitest';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { FilterChain } from './filter-chain.ts';
import { FrameHandle, PacketHandle } from './handles.ts';
import { PictureDecoder } from './picture-decoder.ts';
import { PictureEncoder, type EncodedPicture } from './picture-encoder.ts';

const format: PictureFormat = {
  codec: 'h264', tag: 'avc1', profile: '', width: 64, height: 48, sar: { num: 1, den: 1 }, pixelFormat: 'yuv420p', range: 'limited',
  colour: { primaries: 1, transfer: 1, matrix: 1 }, fieldOrder: 'progressive', rotation: 0,
};
const rate = { num: 25, den: 1 };
const settings = {
  name: 'libx264', options: { preset: 'ultrafast', qp: '20', bf: '2', 'x264-params': 'annexb=0:repeat-headers=0' }, threads: 1,
};
const frameBytes = (luma: number): Uint8Array => new Uint8Array(64 * 48 * 1.5).fill(luma, 0, 64 * 48).fill(128, 64 * 48);
const picture = (luma: number): FrameHandle => FrameHandle.picture(64, 48, 'yuv420p', frameBytes(luma));

function encode(count: number): { config: Uint8Array; pictures: EncodedPicture[] } {
  using encoder = new PictureEncoder(settings, format, rate);
  const pictures: EncodedPicture[] = [];
  const receive = (): void => { for (let coded = encoder.receive(); coded; coded = encoder.receive()) pictures.push(coded); };
  for (let i = 0; i < count; i++) {
    using frame = picture(40 + 10 * i);
    encoder.send(frame, i, i === 0);
    receive();
  }
  encoder.drain();
  receive();
  expect(encoder.pending).toBe(0);
  return { config: encoder.extradata, pictures };
}

function decode(decoder: PictureDecoder, pictures: readonly EncodedPicture[]): [pts: number | null, luma: number | undefined][] {
  const frames: [number | null, number | undefined][] = [];
  const receive = (): void => {
    for (let frame = decoder.receive(); frame; frame = decoder.receive()) {
      frames.push([frame.pts, frame.native.toBuffer()[0]]);
      frame.free();
    }
  };
  for (const { data, pts } of pictures) {
    decoder.send(data, pts);
    receive();
  }
  decoder.drain();
  receive();
  return frames;
}

test('what is encoded is decoded, every frame under its number, again after a flush', () => {
  const { config, pictures } = encode(8);
  expect(config[0]).toBe(1); // avcC
  expect(pictures.map(({ pts }) => pts).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(pictures.map(({ pts }) => pts)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  using decoder = new PictureDecoder(format, config);
  for (let round = 0; round < 2; round++) {
    const frames = decode(decoder, pictures);
    expect(frames.map(([pts]) => pts)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const [pts, luma] of frames) expect(Math.abs((luma ?? 0) - 40 - 10 * (pts ?? 0))).toBeLessThan(3);
    expect(() => decoder.send(pictures[0]?.data ?? new Uint8Array(1), 0)).toThrow(/flushed/);
    decoder.flush();
  }
});

test('HEVC hands out nothing from before a flush', () => {
  const options = { preset: 'ultrafast', 'x265-params': 'annexb=0:repeat-headers=1:log-level=none:bframes=3' };
  const hevc: PictureFormat = { ...format, codec: 'hevc', tag: 'hvc1' };
  using encoder = new PictureEncoder({ name: 'libx265', options, threads: 1 }, hevc, rate);
  const pictures: EncodedPicture[] = [];
  for (let i = 0; i < 12; i++) {
    using frame = picture(40 + 10 * i);
    encoder.send(frame, i, i === 0);
  }
  encoder.drain();
  for (let coded = encoder.receive(); coded; coded = encoder.receive()) pictures.push(coded);
  using decoder = new PictureDecoder(hevc, encoder.extradata);
  for (const { data, pts } of pictures.slice(0, 7)) {
    decoder.send(annexB(data), pts);
    decoder.receive()?.free();
  }
  decoder.flush();
  expect(decode(decoder, pictures.map((coded) => ({ ...coded, data: annexB(coded.data) }))).map(([pts]) => pts)).toEqual([...pictures.keys()]);
});

/** Without an hvcC the decoder takes start codes. */
function annexB(data: Uint8Array): Uint8Array {
  const copy = Buffer.from(data);
  for (let at = 0; at + 4 < copy.length;) {
    const size = copy.readUInt32BE(at);
    copy.writeUInt32BE(1, at);
    at += 4 + size;
  }
  return copy;
}

test('frames and packets are freed once, and refused after that', () => {
  const frame = picture(16);
  const packet = new PacketHandle();
  const filters = new FilterChain({ ...format, matrix: 1, isFullRange: false }, 'null');
  const encoder = new PictureEncoder(settings, format, rate);
  const decoder = new PictureDecoder(format, encoder.extradata);
  frame.free();
  packet.free();
  expect(() => { frame.free(); }).toThrow(/already freed/);
  expect(() => { packet.free(); }).toThrow(/already freed/);
  expect(() => { packet.fill(Uint8Array.of(1), 0); }).toThrow(/already freed/);
  expect(() => { encoder.send(frame, 0, true); }).toThrow(/already freed/);
  expect(() => { filters.push(frame); }).toThrow(/already freed/);
  frame[Symbol.dispose](); // idempotent, unlike free
  for (const closed of [filters, encoder, decoder]) {
    closed[Symbol.dispose]();
    closed[Symbol.dispose]();
  }
  expect(() => filters.pull()).toThrow(/already closed/);
  expect(() => encoder.receive()).toThrow(/already closed/);
  expect(() => decoder.receive()).toThrow(/already closed|already freed/);
});

test('a sample of no bytes is refused, since it would mean the end', () => {
  const { config } = encode(1);
  using decoder = new PictureDecoder(format, config);
  expect(() => decoder.send(new Uint8Array(0), 0)).toThrow(/no bytes/);
});

test('an encoder of pictures takes neither sound nor pictures of another shape', () => {
  using encoder = new PictureEncoder(settings, format, rate);
  using sound = new FrameHandle();
  sound.native.format = AV_SAMPLE_FMT_FLTP;
  sound.native.sampleRate = 48_000;
  sound.native.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: 2, mask: 3n };
  sound.native.nbSamples = 1024;
  sound.native.getBuffer();
  expect(() => { encoder.send(sound, 0, true); }).toThrow(/not sound/);
  using wide = FrameHandle.picture(128, 48, 'yuv420p', new Uint8Array(128 * 48 * 1.5));
  expect(() => { encoder.send(wide, 0, true); }).toThrow(/128x48/);
  using empty = new FrameHandle();
  expect(() => { encoder.send(empty, 0, true); }).toThrow(/not sound/);
});

test('short memory for a picture is an error, not a read past its end', () => {
  expect(() => FrameHandle.picture(64, 48, 'yuv420p', new Uint8Array(100))).toThrow(/wrong size|Buffer|buffer/);
});

test('options that do not exist and codecs that are not there are named', () => {
  expect(() => new PictureEncoder({ ...settings, options: { nonsense: '1' } }, format, rate)).toThrow(/nonsense/);
  expect(() => new PictureEncoder({ ...settings, name: 'h264_none' }, format, rate)).toThrow(/h264_none/);
  expect(() => new PictureDecoder({ ...format, codec: 'xyz' }, new Uint8Array(0))).toThrow(/xyz/);
  expect(() => new FilterChain({ ...format, matrix: 1, isFullRange: false }, 'nonsense=1')).toThrow(/nonsense/);
});

test('a picture patched to be huge is refused before memory is taken', () => {
  const { config, pictures } = encode(1);
  const patched = Buffer.from(config);
  using decoder = new PictureDecoder({ ...format, width: 16, height: 16 }, patched);
  expect(decoder.send(pictures[0]?.data ?? new Uint8Array(1), 0)).toBe(true); // 64x48 is below the least limit
  const ppm = Buffer.from('P6 16000 16000 255\n');
  using huge = new PictureDecoder({ ...format, codec: 'ppm', tag: '' }, new Uint8Array(0));
  const before = process.memoryUsage.rss();
  expect(huge.send(Buffer.concat([ppm, Buffer.alloc(1000)]), 0) && huge.receive() !== null).toBe(false);
  expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
});

test('writing into a frame reaches FFmpeg without `data`, which is a copy in Electron', () => {
  using frame = picture(77);
  expect(new Set(frame.native.toBuffer().subarray(0, 64 * 48))).toEqual(new Set([77]));
});

test('filters give frames of their input, and refuse another shape', () => {
  using filters = new FilterChain({ ...format, matrix: 1, isFullRange: false }, 'scale=32:24');
  using frame = picture(90);
  filters.push(frame);
  using small = filters.pull();
  expect([small?.native.width, small?.native.height]).toEqual([32, 24]);
  expect(filters.pull()).toBeNull();
  using other = FrameHandle.picture(32, 24, 'yuv420p', new Uint8Array(32 * 24 * 1.5));
  expect(() => { filters.push(other); }).toThrow(/another shape/);
});
