/** Numbers: thousands of files, few descriptors, little memory, long lists. */
import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, frameHashes } from './fixtures/judge.ts';
import { makeShot } from './fixtures/shots.ts';
import { missing } from './fixtures/tools.ts';

const files = 2000;
const masters = 4;
const frames = 12;
const megabyte = 2 ** 20;

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('limits', () => {
  let place: Place;
  beforeAll(() => {
    place = new Place();
    mkdirSync(place.path('shots'));
    for (let shot = 0; shot < masters; shot++) makeShot(place.path(`${shot}.mp4`), { shot, frames, width: 160, height: 90 });
    for (let i = 0; i < files; i++) {
      const path = place.path('shots', `${i}.mp4`);
      copyFileSync(place.path(`${i % masters}.mp4`), path);
      appendFileSync(path, freeBox(i));
    }
  });
  afterAll(() => place[Symbol.dispose]());

  it('2,000 files under `ulimit -n 256`, trimmed and whole, in little memory', () => {
    const list = place.list('list.csv', Array.from({ length: files }, (_, i) => `shots/${i}.mp4,${i % 10 === 0 ? `1,${frames - 1}` : ','}`));
    const { code, stderr, ...rest } = place.run(['bash', '-c', 'ulimit -n 256; exec "$@"', 'bash', process.execPath, ...place.command('assemble', list, '-o', 'reel.mp4', '--json')]);
    expect([code, stderr]).toEqual([0, '']);
    const report = eventOf({ code, stderr, ...rest }, 'report');
    expect(report['clips']).toBe(files);
    expect(Number(report['peakRssBytes'])).toBeLessThan(700 * megabyte);
    const { codes, messages } = barCodes(place.path('reel.mp4'));
    expect(messages).toBe('');
    expect(codes).toEqual(Array.from({ length: files }, (_, i) => (i % 10 === 0 ? codesOf(i % masters, 1, frames - 1) : codesOf(i % masters, 0, frames))).flat());
  });

  it('memory does not grow with the clips, and is small where nothing is encoded', () => {
    const peak = (clips: number): number => {
      const list = place.list('memory.csv', Array.from({ length: clips }, (_, i) => `shots/${i}.mp4,,`));
      return Number(eventOf(place.stringout('assemble', list, '-o', 'memory.mp4', '--audio', 'packets', '--no-cache', '--json'), 'report')['peakRssBytes']);
    };
    // Memory is looked at now and then, so a short run's peak may be missed once.
    const at500 = Math.max(peak(500), peak(500));
    const at2000 = Math.min(peak(2000), peak(2000));
    expect(at2000).toBeLessThan(400 * megabyte);
    expect(at2000).toBeLessThan(1.2 * at500);
  });

  it('one file a thousand times, and a movie with a tail of zeros', () => {
    copyFileSync(place.path('1.mp4'), place.path('tail.mp4'));
    appendFileSync(place.path('tail.mp4'), Buffer.alloc(3 * megabyte));
    const list = place.list('same.csv', Array.from({ length: 1000 }, () => 'tail.mp4,,'));
    place.succeed('assemble', list, '-o', 'same.mp4');
    const own = frameHashes(place.path('1.mp4'));
    expect(frameHashes(place.path('same.mp4'))).toEqual(Array.from({ length: 1000 }, () => own).flat());
  });

  it('a list of 100,000 lines is planned', () => {
    const list = place.list('long.csv', Array.from({ length: 100_000 }, (_, i) => `${i % masters}.mp4,0,${1 + (i % frames)}`));
    expect(eventOf(place.succeed('plan', list, '--json'), 'plan')['clips']).toBe(100_000);
  });
});

/** ISO 14496-12, 8.1.2: skipped by readers; makes the file unlike its siblings. */
function freeBox(content: number): Buffer {
  const box = Buffer.alloc(16);
  box.writeUInt32BE(box.length);
  box.write('free', 4, 'latin1');
  box.writeUInt32BE(content, 8);
  return box;
}
