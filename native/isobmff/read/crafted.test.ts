import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Source } from '../../../app/domain/source.ts';
import { box, fourCc, fullBox, u32, u8 } from '../write/boxes.ts';
import { differences, indexed, probed } from './fixtures/compare.ts';
import { craft, pictureEntry, soundEntry, type CraftedTrack } from './fixtures/craft.ts';
import { hasFfmpeg, MediaFolder, picture } from './fixtures/media-folder.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

/** The picture of a file as a track to craft with. */
function trackOf(path: string): CraftedTrack & { readonly source: Source } {
  const source = indexed(path);
  if (!source.picture) throw new Error('no picture');
  const bytes = readFileSync(path);
  const { samples, sampleEntry } = source.picture;
  const list = Array.from(samples.offset, (offset, i) => bytes.subarray(offset, offset + (samples.size[i] ?? 0)));
  const shifts = Array.from(samples.rank, (rank, i) => (rank - i) * 512);
  const sync = Array.from(samples.flags).flatMap((flags, i) => (flags & 1 ? [i] : []));
  return { source, handler: 'vide', timescale: 12_288, entries: [sampleEntry], samples: list, delta: 512, shifts, sync };
}

const pcmSamples = Array.from({ length: 100 }, (_, i) => Uint8Array.from({ length: 40 }, () => i));
const pcmTrack: CraftedTrack = { handler: 'soun', timescale: 48_000, entries: [soundEntry('sowt', 2, 16, 48_000)], samples: pcmSamples, delta: 1, constantSize: 4 };

/** Ten sample frames a chunk. */
const chunked = { stsc: fullBox('stsc', 0, 0, u32(1, 1, 10, 1)), stsz: fullBox('stsz', 0, 0, u32(4, 1000)), stts: fullBox('stts', 0, 0, u32(1, 1000, 1)) };

describe('indexIsobmff: PCM made by hand', () => {
  it('is one run however many chunks and samples there are', () => {
    const { sound } = indexed(folder.write('pcm.mov', craft([{ ...pcmTrack, replaced: chunked }], 'qt  ')));
    expect(sound).toMatchObject({ length: 1000, start: 0, packets: { count: 1, size: Uint32Array.of(4000), position: Float64Array.of(0, 1000) } });
    expect(sound?.format).toMatchObject({ codec: 'pcm_s16le', channels: 2, layout: 'stereo' });
  });

  it('follows an edit list of several pieces', () => {
    const edits = [[10, 500], [5, 0]] as const;
    const { sound } = indexed(folder.write('pieces.mov', craft([{ ...pcmTrack, replaced: chunked, edits }], 'qt  ')));
    const [first = 0] = indexed(folder.file('pcm.mov')).sound?.packets.offset ?? [];
    const base = first;
    // 480 frames from the 500th, then 240 from the first.
    expect(sound).toMatchObject({ length: 720, packets: { count: 2, offset: Float64Array.of(base + 2000, base), size: Uint32Array.of(1920, 960), position: Float64Array.of(0, 480, 720) } });
  });

  it('counts from an edit that begins late, and from sound that begins after its picture', () => {
    const late = indexed(folder.write('late.mov', craft([{ ...pcmTrack, replaced: chunked, edits: [[20, 48]] }], 'qt  ')));
    expect(late.sound).toMatchObject({ start: 48, startDen: 1, length: 1000 });
  });

  it.each([
    ['ipcm', 24, 1, 'pcm_s24le'], ['ipcm', 16, 0, 'pcm_s16be'], ['fpcm', 32, 1, 'pcm_f32le'], ['fpcm', 64, 0, 'pcm_f64be'],
  ] as const)('reads %s of %i bits, flags %i, as %s', (tag, bits, flags, codec) => {
    const entry = soundEntry(tag, 1, bits, 48_000, fullBox('pcmC', 0, 0, u8(flags, bits)));
    const samples = [new Uint8Array(bits)];
    const replaced = { stsc: fullBox('stsc', 0, 0, u32(1, 1, 8, 1)), stsz: fullBox('stsz', 0, 0, u32(bits / 8, 8)) };
    const { sound } = indexed(folder.write(`${tag}${bits}.mp4`, craft([{ ...pcmTrack, entries: [entry], samples, replaced }])));
    expect(sound).toMatchObject({ length: 8, format: { codec, bits, channels: 1 } });
  });

  it('names channels as chan and chnl do', () => {
    const six = (...boxes: Uint8Array[]): string | undefined => {
      const replaced = { ...chunked, stsz: fullBox('stsz', 0, 0, u32(12, 300)), stsc: fullBox('stsc', 0, 0, u32(1, 1, 3, 1)) };
      return indexed(folder.write('six.mov', craft([{ ...pcmTrack, entries: [soundEntry('sowt', 6, 16, 48_000, ...boxes)], replaced }], 'qt  '))).sound?.format.layout;
    };
    expect(six()).toBe('5.1');
    expect(six(fullBox('chan', 0, 0, u32((121 << 16) | 6, 0, 0)))).toBe('5.1(side)');
    expect(six(fullBox('chan', 0, 0, u32(1 << 16, 0x3f, 0)))).toBe('5.1');
    expect(six(fullBox('chan', 0, 0, u32((124 << 16) | 6, 0, 0)))).toBe('6 channels (FC+FL+FR+SL+SR+LFE)');
    expect(six(fullBox('chnl', 0, 0, u8(1, 0, 0, 1, 2, 3, 8, 9)))).toBe('5.1');
  });

  it('refuses what is encrypted, not known, or lies elsewhere, by name', () => {
    const refused = (track: Partial<CraftedTrack>): string => messageOf(folder.write('refused.mp4', craft([{ ...pcmTrack, ...track }])));
    expect(refused({ entries: [soundEntry('enca', 2, 16, 48_000)] })).toContain('encrypted');
    expect(refused({ entries: [soundEntry('apac', 2, 16, 48_000)] })).toContain('"apac"');
    const film = { handler: 'vide', timescale: 24, delta: 1 } as const;
    expect(refused({ ...film, entries: [pictureEntry('encv', 160, 96)] })).toContain('encrypted');
    expect(refused({ ...film, entries: [pictureEntry('zzzz', 160, 96)] })).toContain('"zzzz"');
    expect(refused({ ...film, entries: [pictureEntry('aprn', 160, 96)] })).toContain('ProRes RAW');
    expect(refused({ ...film, entries: [pictureEntry('apch', 20_000, 96)] })).toContain('20000x96');
    expect(refused({ ...film, entries: [pictureEntry('apch', 160, 0)] })).toContain('160x0');
  });
});

describe.skipIf(!hasFfmpeg)('indexIsobmff: pictures put together by hand (needs the package ffmpeg)', () => {
  const x264 = '-c:v libx264 -preset veryfast -bf 2';
  const make = (name: string, options: string): ReturnType<typeof trackOf> => trackOf(folder.make(name, `${picture} -t 1 ${options}`));
  const plain = hasFfmpeg ? make('plain.mp4', x264) : null;
  const other = hasFfmpeg ? make('other.mp4', `${x264} -x264-params sps-id=5:cabac=0`) : null;
  const colliding = hasFfmpeg ? make('colliding.mp4', `${x264} -x264-params cabac=0`) : null;
  const small = hasFfmpeg ? make('small.mp4', `${x264} -s 80x48 -x264-params sps-id=5`) : null;
  type Made = ReturnType<typeof trackOf>;
  const both = (a: Made | null, b: Made | null, entries: readonly Uint8Array[] = [a, b].flatMap((track) => track?.entries ?? [])): CraftedTrack => {
    if (!a || !b) throw new Error('not made');
    const count = a.samples.length;
    return {
      ...a, entries, samples: [...a.samples, ...b.samples], shifts: [...(a.shifts ?? []), ...(b.shifts ?? [])],
      sync: [...(a.sync ?? []), ...(b.sync ?? []).map((sample) => sample + count)],
      entryOf: [...a.samples.map(() => 0), ...b.samples.map(() => 1)],
    };
  };

  it('reads 16-bit sizes and 64-bit offsets', () => {
    if (!plain) return;
    const path = folder.write('compact.mp4', craft([{ ...plain, isCompact: true, isWide: true }]));
    expect(differences(indexed(path), probed(path))).toEqual([]);
  });

  it('takes equal descriptions for one, and merges sets that do not collide', () => {
    const same = indexed(folder.write('same.mp4', craft([both(plain, plain)]))).picture;
    expect(same).toMatchObject({ copyObstacle: null, sets: plain?.source.picture?.sets, samples: { count: 48 } });
    const path = folder.write('merged.mp4', craft([both(plain, other)]));
    const merged = indexed(path).picture;
    expect(merged).toMatchObject({ copyObstacle: null, sets: { count: 2 } });
    expect(merged?.config.length).toBeGreaterThan((plain?.source.picture?.config.length ?? 0) + 30);
  });

  it('tells what cannot be copied, and refuses what cannot be decoded as one', () => {
    expect(indexed(folder.write('sizes.mp4', craft([both(plain, small)]))).picture?.copyObstacle).toContain('changes format');
    expect(messageOf(folder.write('colliding-both.mp4', craft([both(plain, colliding)])))).toContain('parameter sets');
    const mpeg4 = make('mpeg4.mp4', '-c:v mpeg4');
    expect(messageOf(folder.write('codecs.mp4', craft([both(plain, mpeg4)])))).toContain('from h264 to mpeg4');
  });

  it('shows what several edits show, in their order, with the pause between them', () => {
    if (!plain) return;
    // A pause of 100 ms, then frames 12 to 17, then 0 to 5.
    const edits = [[100, -1], [250, 12 * 512], [250, 0]] as const;
    const { picture: cut } = indexed(folder.write('cut.mp4', craft([{ ...plain, edits }])));
    expect(Array.from(cut?.shown ?? [])).toEqual([12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5]);
    expect(cut).toMatchObject({ isConstantRate: true, rate: { num: 24, den: 1 } });
    const sound = { ...pcmTrack, replaced: chunked };
    const shifted = indexed(folder.write('paused.mp4', craft([{ ...plain, edits }, sound], 'qt  ')));
    // 100 ms at 48 kHz, rounded to the picture's clock (1229 of 12288).
    expect((shifted.sound?.start ?? 0) / (shifted.sound?.startDen ?? 1)).toBeCloseTo(4800.78, 1);
  });

  it('takes a whole movie with a tail of zeros or garbage', () => {
    const whole = readFileSync(folder.file('plain.mp4'));
    for (const tail of [Buffer.alloc(100_000), Buffer.from('not a box at all, only text behind the movie')]) {
      const path = folder.write('tail.mp4', Buffer.concat([whole, tail]));
      expect(indexed(path).picture?.samples.count).toBe(24);
    }
  });

  it('refuses a cut picture with the number of whole frames, and lives with cut sound', () => {
    if (!plain) return;
    const bytes = craft([plain, { ...pcmTrack, replaced: chunked }], 'qt  ');
    const moov = bytes.indexOf('moov') - 4;
    const front = Buffer.concat([bytes.subarray(0, 20), bytes.subarray(moov), bytes.subarray(20, moov)]);
    // Header first: its offsets grow by the header's length.
    const shift = bytes.length - moov;
    for (let at = front.indexOf('stco'); at >= 0; at = front.indexOf('stco', at + 4)) {
      const count = front.readUInt32BE(at + 8);
      for (let i = 0; i < count; i++) front.writeUInt32BE(front.readUInt32BE(at + 12 + 4 * i) + shift, at + 12 + 4 * i);
    }
    const soundBytes = 4000;
    const cutSound = indexed(folder.write('cut-sound.mov', front.subarray(0, front.length - soundBytes / 2)));
    expect(cutSound.sound?.length).toBe(500);
    expect(cutSound.warnings.join()).toContain('500 samples are missing');
    expect(messageOf(folder.write('cut-picture.mov', front.subarray(0, front.length - soundBytes - 10)))).toContain('only 23 of its 24 frames are whole');
  });

  it('reads a compressed movie header and refuses a movie that only points elsewhere', () => {
    if (!plain) return;
    const whole = craft([plain]);
    const header = whole.subarray(whole.indexOf('moov') - 4);
    const packed = box('moov', box('cmov', box('dcom', fourCc('zlib')), box('cmvd', u32(header.length), deflateSync(header))));
    const compressed = indexed(folder.write('packed.mov', Buffer.concat([whole.subarray(0, whole.length - header.length), packed])));
    expect(compressed.picture?.samples).toEqual(indexed(folder.write('unpacked.mov', whole)).picture?.samples);
    const reference = craft([plain]);
    const at = reference.indexOf('url ');
    reference.writeUInt32BE(0, at + 4);
    expect(indexed(folder.write('unflagged.mp4', reference)).picture?.samples.count).toBe(24);
    const elsewhere = box('moov', box('rmra', box('rmda')));
    expect(messageOf(folder.write('reference.mov', elsewhere))).toContain('points to other files');
  });
});

function messageOf(path: string): string {
  try {
    indexed(path);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return 'was taken';
}
