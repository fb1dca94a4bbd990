/** Sources of all shapes for the tests of this folder. */
import fc from 'fast-check';
import type { Picture, Sound, Source } from '../domain/source.ts';

const rate = fc.record({ num: fc.integer({ min: 1, max: 120_000 }), den: fc.constantFrom(1, 1001) });
const bytes = fc.uint8Array({ maxLength: 40 });
const position = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

function uint32s(length: number): fc.Arbitrary<Uint32Array> {
  return fc.uint32Array({ minLength: length, maxLength: length });
}

function float64s(length: number): fc.Arbitrary<Float64Array> {
  return fc.array(position, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));
}

const picture: fc.Arbitrary<Picture> = fc.nat({ max: 30 }).chain((count) => fc.record({
  format: fc.record({
    codec: fc.constantFrom('h264', 'prores'), tag: fc.string(), profile: fc.string(), width: fc.integer({ min: 1, max: 16_000 }), height: fc.integer({ min: 1, max: 16_000 }),
    sar: rate, pixelFormat: fc.constant('yuv420p'), range: fc.constantFrom('limited' as const, 'full' as const, 'unknown' as const),
    colour: fc.record({ primaries: fc.nat(9), transfer: fc.nat(9), matrix: fc.nat(9) }),
    fieldOrder: fc.constantFrom('progressive' as const, 'tff' as const, 'unknown' as const), rotation: fc.constantFrom(0 as const, 90 as const, 270 as const),
  }),
  rate, isConstantRate: fc.boolean(), isStill: fc.boolean(), config: bytes, sampleEntry: bytes,
  sets: fc.option(fc.record({ hash: fc.string(), count: fc.nat(20) })), copyObstacle: fc.option(fc.string()),
  samples: fc.record({
    count: fc.constant(count), file: fc.option(uint32s(count)), offset: float64s(count), size: uint32s(count), rank: uint32s(count),
    flags: fc.uint8Array({ minLength: count, maxLength: count }),
  }),
  shown: fc.option(uint32s(count)), times: fc.option(float64s(count)), timescale: fc.integer({ min: 1, max: 1_000_000 }),
}));

const sound: fc.Arbitrary<Sound> = fc.nat({ max: 30 }).chain((count) => fc.record({
  format: fc.record({ codec: fc.constant('aac'), tag: fc.string(), sampleRate: fc.constant(48_000), channels: fc.integer({ min: 1, max: 8 }), layout: fc.constant('stereo'), bits: fc.constant(0) }),
  config: bytes, sampleEntry: bytes, start: fc.integer(), startDen: fc.integer({ min: 1 }), length: position,
  packets: fc.record({ count: fc.constant(count), file: fc.option(uint32s(count)), offset: float64s(count), size: uint32s(count), position: float64s(count + 1) }),
}));

/** All its bytes lie in `path`. */
export function anySource(path: string): fc.Arbitrary<Source> {
  return fc.record({
    path: fc.constant(path), size: position, modifiedMs: fc.double({ min: 0, max: 4e12, noNaN: true }).map((value) => value + 0), fingerprint: fc.string(), container: fc.constant('isobmff'),
    files: fc.constant([path]), picture: fc.option(picture), sound: fc.option(sound),
    timecode: fc.option(fc.record({ frame: fc.nat(), rate, dropFrame: fc.boolean() })),
    reel: fc.option(fc.string({ unit: 'binary' })), created: fc.option(fc.string()), warnings: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
  });
}
