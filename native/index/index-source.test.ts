import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { flattenError, StringoutError } from '../../app/base/errors.ts';
import { sourceFrames } from '../../app/domain/source.ts';
import { ffmpegMissing, hashesByFfmpeg, hashesOf, MediaFolder } from '../av/demux/fixtures/judged-media.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

const put = (name: string, content: string | Buffer): string => {
  writeFileSync(folder.at(name), content);
  return folder.at(name);
};

describe('files that are none, or cannot be read', () => {
  it('a missing file, a folder, a pipe, a device, an empty file, a circle of links', async () => {
    execFileSync('mkfifo', [folder.at('pipe.mp4')]);
    mkdirSync(folder.at('folder.mov'));
    symlinkSync(folder.at('circle.mkv'), folder.at('circle.mkv'));
    const expected: readonly (readonly [string, string, RegExp])[] = [
      [folder.at('missing.mp4'), 'input.missing', /^does not exist$/],
      [folder.at('folder.mov'), 'input.unsupported', /^is a folder/],
      [folder.at('pipe.mp4'), 'input.unsupported', /^is a named pipe/],
      ['/dev/zero', 'input.unsupported', /^is a device/],
      [put('empty.mp4', ''), 'input.damaged', /^is empty/],
      [folder.at('circle.mkv'), 'input.unreadable', /links lead in a circle/],
    ];
    for (const [path, code, message] of expected) {
      await expect(folder.index(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message), place: { file: path } });
    }
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission (not as root)', async () => {
    const path = put('locked.mkv', 'x');
    chmodSync(path, 0);
    await expect(folder.index(path)).rejects.toMatchObject({ code: 'input.unreadable', message: expect.stringMatching(/permission/) });
  });
});

describe.skipIf(ffmpegMissing)('files that lie', () => {
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast'];
  const shot = (name: string, ...args: readonly string[]): string => folder.make(name, '-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=25', '-t', '1', ...args);
  const refused = (path: string): Promise<StringoutError> => folder.index(path).then(() => expect.fail(`${path} was taken`), (error: unknown) => {
    expect(error).toBeInstanceOf(StringoutError);
    return error as StringoutError;
  });

  it('lists and manifests named as movies open nothing', async () => {
    const secret = shot('secret.mkv', ...x264);
    const lists = [
      put('concat.mp4', `ffconcat version 1.0\nfile '${secret}'\n`), put('concat.mkv', `file '${secret}'\n`), put('hls.ts', `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n`),
      put('dash.mp4', `<?xml version="1.0"?><MPD type="static"><Period><AdaptationSet><Representation id="1"><BaseURL>${secret}</BaseURL></Representation></AdaptationSet></Period></MPD>`),
    ];
    for (const path of lists) expect((await refused(path)).message).toMatch(/only names other files/);
    // Behind something that is no text FFmpeg would still find them, were they not barred there as well.
    for (const path of lists) expect((await refused(put('hidden.mp4', Buffer.concat([Buffer.of(0, 0, 0, 0), readFileSync(path)])))).code).toMatch(/^input\./);
  });

  it('noise, with and without a signature', async () => {
    let state = 1;
    const noise = Buffer.from(Array.from({ length: 200_000 }, () => (state = (state * 48_271) % 0x7fffffff) & 255));
    for (const signature of ['', '1a45dfa3', '060e2b34020501010d0102010102', '524946460000000041564920', '524946460000000057415645', '4f676753', '664c6143', '464c5601', '000001ba', '000001b3', '444b4946', '89504e470d0a1a0a', 'ffd8ff', '762f3101', '53445058']) {
      const { code, message } = await refused(put('noise.mov', Buffer.concat([Buffer.from(signature, 'hex'), noise])));
      expect(code).toMatch(/^input\.(?:unsupported|damaged)$/);
      expect(message).toMatch(/^(?:is|its|holds|claims) /);
    }
  });

  it('pictures of absurd size cost neither time nor memory', async () => {
    const png = readFileSync(shot('small.png', '-frames:v', '1'));
    const { crc32 } = await import('node:zlib');
    png.writeUInt32BE(16_000, 16);
    png.writeUInt32BE(16_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    const avi = readFileSync(shot('raw.avi', '-c:v', 'rawvideo', '-pix_fmt', 'bgr24'));
    const header = avi.indexOf('strf') + 8;
    avi.writeUInt32LE(16_000, header + 4);
    avi.writeUInt32LE(16_000, header + 8);
    const before = process.resourceUsage().maxRSS;
    for (const path of [put('huge.png', png), put('huge.avi', avi)]) expect((await refused(path)).message).toMatch(/8192x8192|cannot be decoded|does not decode/);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(200_000);
  });

  it.each(['mkv', 'ts', 'avi', 'mxf', 'flv', 'webm', 'mpg', 'h264', 'png', 'exr', 'wav'])('damaged %s is refused in words, or what is whole of it taken', async (extension) => {
    const still = ['png', 'exr'].includes(extension) ? ['-frames:v', '1'] : [];
    const whole = extension === 'wav' ? folder.make('fuzz.wav', '-f', 'lavfi', '-i', 'sine', '-t', '1') : shot(`fuzz.${extension}`, ...still);
    const original = readFileSync(whole);
    let state = 9;
    const random = (below: number): number => (state = (state * 48_271) % 0x7fffffff) % below;
    for (let variant = 0; variant < 40; variant++) {
      const bytes = Buffer.from(original);
      const reach = variant % 2 === 0 ? Math.min(1000, bytes.length) : bytes.length;
      for (let i = 0; i <= variant; i++) bytes[random(reach)] = variant % 3 === 0 ? 255 : random(256);
      const path = put('fuzz', variant % 4 === 3 ? bytes.subarray(0, 1 + random(bytes.length)) : bytes);
      await folder.index(path).catch((error: unknown) => {
        const { code, message } = flattenError(error);
        expect(code, `variant ${variant}: ${message}`).toMatch(/^input\.(?:unsupported|damaged)$/);
      });
    }
  });

  it('is judged by its content, whatever its name', async () => {
    const path = put('picture.txt', readFileSync(shot('named.mkv', ...x264)));
    const source = await folder.index(path);
    expect(hashesOf(source)).toEqual(hashesByFfmpeg(path));
    expect(await folder.index(put('still.mov', readFileSync(shot('named.png', '-frames:v', '1'))))).toMatchObject({ container: 'still' });
  });

  it('streams that hold neither picture nor sound', async () => {
    const subtitles = put('s.srt', '1\n00:00:00,000 --> 00:00:01,000\nHello\n');
    expect((await refused(folder.make('subtitles.mkv', '-i', subtitles))).message).toBe('holds neither picture nor sound');
  });
});

const corpus = join(import.meta.dirname, '../../../shared/corpus');
const files = existsSync(corpus) ? globSync('media/**/*', { cwd: corpus, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).toSorted() : [];

/** Frames that ffprobe 5.1 counts, from the manifest's description ("n=150/150", "n=-/40"); null where it finds no picture. */
function countedFrames(): Map<string, number | null> {
  const counts = new Map<string, number | null>();
  for (const line of readFileSync(join(corpus, 'MANIFEST-media-share.csv'), 'utf8').split('\n').slice(1)) {
    const [, name = '', quoted, plain = ''] = /^share,[^,]*,([^,]*),\d+,(?:"([^"]*)"|([^,]*)),/.exec(line) ?? [];
    const count = /v:[^;]* n=[\d-]+\/(\d+)/.exec(quoted ?? plain);
    if (name !== '') counts.set(name, count ? Number(count[1]) : null);
  }
  return counts;
}

/** Where not every packet is a frame that is shown, and why. */
const differing: Readonly<Record<string, number>> = {
  'media/roadtrip-vp92-10bit.webm': 72, // 8 packets are never shown
  'bmx/separate_fields_gop.h264': 15, // two fields, two packets
};

describe.skipIf(files.length === 0)('every file of the corpus (needs ../shared/corpus) is indexed, or refused in a sentence', () => {
  const counts = files.length > 0 ? countedFrames() : new Map<string, number | null>();
  it.each(files.map((path) => [path.slice(join(corpus, 'media/').length), path] as const))('%s', async (name, path) => {
    try {
      const source = await folder.index(path);
      const count = differing[name] ?? counts.get(name);
      // Edit lists show fewer frames than there are, or some twice; they are tested with their reader.
      if (source.container !== 'isobmff') expect(source.picture ? sourceFrames(source) : null).toBe(count ?? null);
      else expect(sourceFrames(source)).toBeGreaterThan(0);
    } catch (error) {
      const { code, message, place } = flattenError(error);
      expect(code, message).toMatch(/^input\.(?:unsupported|damaged)$/);
      expect(place.file).toBe(path);
      expect(message).toMatch(/^(?:is|it|its|holds|claims|none|the|this) /i);
    }
  });
});
