/** Interrupted, killed, out of space, sources that vanish: the old movie stays, what was made is kept, no clip is silently wrong. */
import { execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, sound } from './fixtures/judge.ts';
import { makeShot } from './fixtures/shots.ts';
import { missing, run } from './fixtures/tools.ts';

const shots = 8;
const frames = 60;
const allCodes = Array.from({ length: shots }, (_, shot) => codesOf(shot, 0, frames)).flat();
/** Slow enough to be interrupted on any machine. */
const slowly = ['--profile', 'h264:18', '--preset', 'slower', '--size', '480x270'];

/** Resolves when the run has told that it encodes and a segment is in the cache; rejects where it ends before. */
function untilSegments(place: Place, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('"phase":"encode"') && segments(place).length > 0) resolve();
    });
    child.on('exit', () => { reject(new Error('the run ended before it could be interrupted')); });
  });
}

/** Overwrites the packets `from` to `to` of a stream ("v:0", "a:0") with zeros. */
function ruin(path: string, stream: string, from: number, to: number): void {
  const told = run('ffprobe', ['-v', 'error', '-select_streams', stream, '-show_entries', 'packet=pos,size', '-of', 'json', `file:${path}`]).stdout.toString();
  const { packets } = JSON.parse(told) as { packets: { pos: string; size: string }[] };
  const file = openSync(path, 'r+');
  for (const { pos, size } of packets.slice(from, to)) writeSync(file, Buffer.alloc(Number(size)), 0, Number(size), Number(pos));
  closeSync(file);
}

function segments(place: Place): string[] {
  const folder = place.path('.cache/stringout/segments');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.endsWith('.tmp') && /[0-9a-f]{30,}/.test(name));
}

const isRoot = process.getuid?.() === 0;

describe.skipIf(missing('ffmpeg') !== '')('nothing is lost', () => {
  let master: Place;
  let place: Place;
  beforeAll(() => {
    master = new Place();
    for (let shot = 0; shot < shots; shot++) makeShot(master.path('shots', `${shot}.mp4`), { shot, frames });
  });
  afterAll(() => master[Symbol.dispose]());
  beforeEach(() => {
    place?.[Symbol.dispose]();
    place = new Place();
    cpSync(master.path('shots'), place.path('shots'), { recursive: true });
  });
  afterAll(() => place[Symbol.dispose]());

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s leaves the old target, and the next run goes on from the cache', async (signal) => {
    const movie = place.write('reel.mp4', 'the old movie');
    const child = place.start('assemble', 'shots', '-o', 'reel.mp4', '--json', ...slowly);
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    await untilSegments(place, child);
    child.kill(signal);
    expect(await ended).toEqual(signal === 'SIGINT' ? [130, null] : signal === 'SIGTERM' ? [143, null] : [null, 'SIGKILL']);
    expect(readFileSync(movie, 'utf8')).toBe('the old movie');
    expect(readdirSync(place.folder).toSorted()).toEqual(['.cache', 'reel.mp4', 'shots']);
    const kept = segments(place).length;
    expect(kept).toBeGreaterThan(0);
    const again = place.succeed('assemble', 'shots', '-o', 'reel.mp4', '--json', ...slowly);
    expect(eventOf(again, 'report')['framesEncoded']).toBeLessThanOrEqual(allCodes.length - frames / 2);
    expect(barCodes(movie)).toEqual({ codes: allCodes, messages: '' });
  });

  it.each([{ flags: [] }, { flags: ['--keep-going'] }])('a source that vanishes in mid-run is named; with --keep-going it is black of the right length: $flags', async ({ flags }) => {
    const child = place.start('assemble', 'shots', '-o', 'reel.mp4', '--json', ...slowly, ...flags);
    const ended = once(child, 'exit') as Promise<[number | null]>;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => { said += text; });
    await untilSegments(place, child);
    renameSync(place.path('shots/7.mp4'), place.path('gone.mp4'));
    rmSync(place.path('shots/6.mp4'));
    const [code] = await ended;
    expect(said).toMatch(/[67]\.mp4/);
    if (flags.length === 0) {
      expect(code).toBe(1);
      expect(readdirSync(place.folder)).not.toContain('reel.mp4');
      return;
    }
    expect(code).toBe(3);
    const black = Array.from({ length: 2 * frames }, () => '?');
    expect(barCodes(place.path('reel.mp4'))).toEqual({ codes: [...allCodes.slice(0, 6 * frames), ...black], messages: '' });
  });

  it('--keep-going ends where black cannot be made either', () => {
    const list = place.list('list.csv', ['shots/0.mp4,1,20', 'shots/missing.mp4,10,34']);
    const { code, stderr } = place.stringout('assemble', list, '-o', 'reel.mp4', '--keep-going', '--profile', 'h264', '--preset', 'bogus');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/libx264/)]);
    const small = place.stringout('assemble', list, '-o', 'reel.mp4', '--keep-going', '--memory', '1');
    expect([small.code, small.stderr]).toEqual([1, expect.stringMatching(/raise it with --memory/)]);
  });

  it('a bad frame costs the clip that shows it, not its neighbours in the same group of pictures', () => {
    makeShot(place.path('torn.mp4'), { shot: 9, frames: 24, picture: ['-c:v', 'libx264', '-g', '24', '-bf', '0', '-sc_threshold', '0', '-pix_fmt', 'yuv420p'], sound: null });
    ruin(place.path('torn.mp4'), 'v:0', 8, 9);
    const list = place.list('list.csv', ['torn.mp4,1,5', 'torn.mp4,7,10', 'shots/1.mp4,,']);
    const { code, stderr } = place.stringout('assemble', list, '-o', 'reel.mp4', '--keep-going');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/torn\.mp4: black/)]);
    expect(barCodes(place.path('reel.mp4')).codes).toEqual([...codesOf(9, 1, 5), '?', '?', '?', ...codesOf(1, 0, frames)]);
    const named = place.stringout('assemble', list, '-o', 'reel.mp4');
    expect([named.code, named.stderr]).toEqual([1, expect.stringMatching(/line 3\b/)]);
  });

  it('sound that cannot be decoded is named by line and file; with --keep-going it is silence under its own picture', () => {
    ruin(place.path('shots/1.mp4'), 'a:0', 0, 9999);
    const list = place.list('list.csv', ['shots/0.mp4,,', 'shots/1.mp4,,', 'shots/2.mp4,,']);
    const failed = place.stringout('assemble', list, '-o', 'reel.mov');
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/list\.csv, line 3\b.*shots\/1\.mp4.* sound/)]);
    const { code, stderr } = place.stringout('assemble', list, '-o', 'reel.mov', '--keep-going');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/1\.mp4: silence in place of its sound/)]);
    expect(barCodes(place.path('reel.mov')).codes).toEqual(allCodes.slice(0, 3 * frames));
    const second = 48_000 * 2;
    const [before, silent, after] = [1, 3.5, 6].map((at) => sound(place.path('reel.mov')).subarray(at * second, (at + 1) * second));
    expect([before, silent, after].map((samples) => samples?.some((sample) => sample !== 0))).toEqual([true, false, true]);
  });

  it('a run that is interrupted while it verifies says that the movie is there', async () => {
    const child = place.start('assemble', 'shots', '-o', 'reel.mp4', '--json', '--verify');
    const ended = once(child, 'exit') as Promise<[number | null]>;
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => { said += text; });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => { if (/"phase":"verify"|"event":"seam"/.test(text)) child.kill('SIGINT'); });
    expect((await ended)[0]).toBe(130);
    expect(said).toMatch(/reel\.mp4 is written/);
    expect(readdirSync(place.folder)).toContain('reel.mp4');
  });

  it('--keep-going puts black and silence where the length is known, leaves out what is unknown, and lists both', () => {
    writeFileSync(place.path('shots/broken.mp4'), 'no movie');
    const list = place.list('list.csv', ['shots/0.mp4,,', 'shots/missing.mp4,10,34', 'shots/broken.mp4,,', 'shots/1.mp4,12,36']);
    const { code, ...done } = place.stringout('assemble', list, '-o', place.path('reel.mp4'), '--keep-going', '--json');
    expect(code).toBe(3);
    const report = eventOf({ code, ...done }, 'report');
    expect(report).toMatchObject({ frames: frames + 24 + 24, clips: 3 });
    expect(String(report['warnings'])).toMatch(/missing\.mp4: black and silence/);
    expect(String(report['warnings'])).toMatch(/broken\.mp4: left out/);
    const { codes, messages } = barCodes(place.path('reel.mp4'));
    expect([messages, codes]).toEqual(['', [...codesOf(0, 0, frames), ...Array.from({ length: 24 }, () => '?'), ...codesOf(1, 12, 36)]]);
  });

  it('a damaged cache is made anew', () => {
    const list = place.list('list.csv', ['shots/0.mp4,5,50', 'shots/1.mp4,7,31']);
    const movie = place.path('reel.mp4');
    place.succeed('assemble', list, '-o', movie);
    const cache = place.path('.cache/stringout');
    for (const name of segments(place)) truncateSync(join(cache, 'segments', name), 700);
    writeFileSync(join(cache, 'index.sqlite'), Buffer.alloc(8192, 7));
    const { code } = place.stringout('assemble', list, '-o', movie);
    expect(code).toBe(0);
    expect(barCodes(movie)).toEqual({ codes: [...codesOf(0, 5, 50), ...codesOf(1, 7, 31)], messages: '' });
  });

  it.skipIf(!isRoot)('a full disk and a read-only target are told, and nothing half-written stays (needs root)', () => {
    const small = place.path('small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', small]);
    try {
      const full = place.stringout('assemble', 'shots', '-o', join(small, 'reel.mp4'));
      expect([full.code, full.stderr]).toEqual([1, expect.stringMatching(/free/)]);
      expect(readdirSync(small)).toEqual([]);
      execFileSync('mount', ['-o', 'remount,ro', small]);
      const readOnly = place.stringout('assemble', 'shots', '-o', join(small, 'reel.mp4'));
      expect([readOnly.code, readOnly.stderr]).toEqual([1, expect.stringMatching(/read-only|written/i)]);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it.skipIf(!isRoot)('a disk that fills up in mid-run (needs root)', () => {
    const small = place.path('cache');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', small]);
    try {
      const { code, stderr } = place.stringout('assemble', 'shots', '-o', place.path('reel.mp4'), '--cache-dir', small, ...slowly);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/full/)]);
      expect(readdirSync(place.folder)).not.toContain('reel.mp4');
    } finally {
      execFileSync('umount', [small]);
    }
  });
});
