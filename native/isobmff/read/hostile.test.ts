import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StringoutError } from '../../../app/base/errors.ts';
import { box, concat, fourCc, fullBox, u32, zeros, type Bytes } from '../write/boxes.ts';
import { indexed } from './fixtures/compare.ts';
import { craft, pictureEntry, soundEntry, type CraftedTrack } from './fixtures/craft.ts';
import { hasFfmpeg, MediaFolder, picture, sound } from './fixtures/media-folder.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

const film: CraftedTrack = { handler: 'vide', timescale: 24, delta: 1, entries: [pictureEntry('apch', 160, 96)], samples: [zeros(64), zeros(64), zeros(64)] };
const tape: CraftedTrack = { handler: 'soun', timescale: 48_000, delta: 1, entries: [soundEntry('sowt', 2, 16, 48_000)], samples: [zeros(400)], constantSize: 4 };
const table = (type: string, ...numbers: readonly number[]): Readonly<Record<string, Uint8Array>> => ({ [type]: fullBox(type, 0, 0, u32(...numbers)) });

/** What lies, and what is said of it. */
const lies: readonly (readonly [string, () => Bytes | Buffer, RegExp])[] = [
  ['a count of chunks beyond the table', () => craft([{ ...film, replaced: table('stco', 0x7fffffff, 40) }]), /stco/],
  ['samples a chunk without end, and sizes for a few', () => craft([{ ...film, replaced: table('stsc', 1, 1, 0x7fffffff, 1) }]), /^$/],
  ['PCM chunks of 2^31 samples', () => craft([{ ...tape, replaced: { ...table('stsc', 1, 1, 0x7fffffff, 1), ...table('stsz', 4, 0xffffffff) } }], 'qt  '), /^$/],
  ['more samples than the file has bytes', () => craft([{ ...film, replaced: table('stsz', 64, 0xffffffff) }]), /4294967295 samples/],
  ['four billion empty samples', () => craft([{ ...film, replaced: table('stsz', 0, 0xffffffff) }]), /stsz/],
  ['offsets past the end', () => craft([{ ...film, replaced: table('stco', 3, 0x7fffff00, 0x7fffff40, 0x7fffff80) }]), /none of its frames/],
  ['an edit list of four billion entries', () => craft([{ ...film, edits: [[125, 0]], replaced: { elst: fullBox('elst', 0, 0, u32(0xffffffff, 125, 0, 0x10000)) } }]), /^$/],
  ['an edit list that shows nothing', () => craft([{ ...film, edits: [[125, 1_000_000]] }]), /not one frame/],
  ['durations that never end', () => craft([{ ...film, replaced: table('stts', 1, 0xffffffff, 0x7fffffff) }]), /^$/],
  ['a run of chunks that begins nowhere', () => craft([{ ...film, replaced: table('stsc', 1, 5, 1, 1) }]), /contradict/],
  ['a description that is not there', () => craft([{ ...film, replaced: table('stsc', 1, 1, 1, 9) }]), /description/],
  ['a thousand boxes in each other', () => nested(1000), /neither picture nor sound/],
  ['sound whose boxes lie in each other', () => craft([{ ...tape, entries: [soundEntry('mp4a', 2, 16, 48_000, nestedBox('wave', 20_000))] }], 'qt  '), /^$/],
  ['a quarter of a million boxes of nothing', () => Buffer.concat([box('ftyp', fourCc('isom'), u32(0)), Buffer.alloc(2_400_000, box('free'))]), /impossibly many boxes/],
  ['a header cut in the middle', () => whole().subarray(0, whole().length - 30), /moov.*cut short/],
  ['a header that was never written', () => whole().subarray(0, whole().indexOf('moov') - 4), /no movie header/],
  ['nothing but zeros', () => Buffer.alloc(5000), /no MP4 or MOV/],
  ['text', () => Buffer.from('<?xml version="1.0"?><MPD>this is no movie</MPD>'), /no movie/],
  ['a compressed header that swells', () => box('moov', box('cmov', box('dcom', fourCc('zlib')), box('cmvd', u32(0xffffffff), zeros(40)))), /absurd length/],
];

function whole(): Buffer {
  return craft([film]);
}

function nestedBox(type: string, depth: number): Bytes {
  const bytes = Buffer.alloc(depth * 8);
  for (let i = 0; i < depth; i++) {
    bytes.writeUInt32BE((depth - i) * 8, i * 8);
    bytes.write(type, i * 8 + 4, 'latin1');
  }
  return Uint8Array.from(bytes);
}

function nested(depth: number): Bytes {
  return concat([box('ftyp', fourCc('isom'), u32(0)), nestedBox('moov', depth)]);
}

describe('indexIsobmff: headers that lie', () => {
  it.each(lies)('%s', (name, make, told) => {
    const path = folder.write('lie.mp4', make());
    let message = '';
    try {
      indexed(path);
    } catch (error) {
      if (!(error instanceof StringoutError) || error.code === 'internal') throw error;
      expect(error.place.file).toBe(path);
      ({ message } = error);
    }
    expect(message, name).toMatch(told);
  });
});

/** Variants of each movie. */
const variants = 700;
/** Ends a hang; a run takes a few seconds. */
const guardMs = 100_000;
const memoryBytes = 700 * 1024 * 1024;

describe.skipIf(!hasFfmpeg)('indexIsobmff: damaged movies (needs the package ffmpeg)', () => {
  it('gives a source or an error in words for every one, without hanging or filling memory', () => {
    const long = `${picture} -t 0.6 -c:v libx264 -preset ultrafast -bf 2 -g 5`;
    const plain = folder.make('plain.mp4', `${picture} ${sound} -t 0.6 -c:v libx264 -preset ultrafast -bf 2 -g 5 -c:a aac`);
    const movies = [
      plain,
      folder.make('edited.mp4', `-ss 0.3 -i ${plain} -c copy`),
      folder.make('fragments.mp4', `-i ${plain} -c copy -movflags frag_every_frame+empty_moov+default_base_moof`),
      folder.make('hevc.mp4', `${picture} -t 0.6 -c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1`),
      folder.make('prores.mov', `${picture} ${sound} -t 0.3 -c:v prores_ks -c:a pcm_s24le -timecode 01:00:00:00`),
      folder.make('many.mov', `${picture} ${sound} -t 0.3 -c:v mpeg4 -c:a adpcm_ima_qt`),
      folder.make('fields.mov', `${long} -x264-params tff=1`),
      folder.make('jpeg.mov', `${picture} -t 0.2 -pix_fmt yuvj420p -c:v mjpeg`),
    ];
    const note = folder.file('note');
    const child = join(import.meta.dirname, 'fixtures/fuzz-index.ts');
    const run = spawnSync(process.execPath, [child, String(variants), '1', ...movies], { env: { ...process.env, STRINGOUT_FUZZ_NOTE: note }, timeout: guardMs, killSignal: 'SIGKILL' });
    const working = existsSync(note) ? readFileSync(note, 'utf8') : '';
    expect(run.status, `ended at ${working}: ${run.stderr.toString().slice(-2000)}`).toBe(0);
    const lines = run.stdout.toString().trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    const summary = lines.pop() as { indexed: number; refused: number; peakBytes: number };
    expect(lines).toEqual([]);
    expect(summary.indexed + summary.refused).toBe(variants * movies.length);
    expect(summary.indexed).toBeGreaterThan(variants);
    expect(summary.refused).toBeGreaterThan(variants);
    expect(summary.peakBytes).toBeLessThan(memoryBytes);
  });
});
