/** What is wrong with the input is said in one line that names file, line and clip; nothing is written, nothing hangs. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Place } from './fixtures/command.ts';
import { makeShot } from './fixtures/shots.ts';
import { missing } from './fixtures/tools.ts';

const moov = (file: Buffer): number => file.indexOf('moov', 0, 'latin1') - 4;

/** A file made from a good one: its bytes, or null where `make` has made something that is no plain file. */
type Spoil = (good: Buffer, path: string) => Uint8Array | null;

const files: Readonly<Record<string, { readonly spoil: Spoil; readonly says: RegExp }>> = {
  'empty.mp4': { spoil: () => new Uint8Array(0), says: /is empty/ },
  'garbage.mp4': { spoil: () => Buffer.alloc(50_000, 'no movie '), says: /.+/ },
  'cut moov.mp4': { spoil: (good) => good.subarray(0, moov(good) + 300), says: /.+/ },
  'no moov.mp4': { spoil: (good) => good.subarray(0, moov(good)), says: /moov/ },
  'moov that lies.mp4': { spoil: (good) => { const copy = Buffer.from(good); copy.writeUInt32BE(0x7ffffff0, moov(good)); return copy; }, says: /.+/ },
  'folder.mp4': { spoil: (_, path) => { mkdirSync(path); return null; }, says: /folder|directory/ },
  'fifo.mp4': { spoil: (_, path) => { execFileSync('mkfifo', [path]); return null; }, says: /.+/ },
  'playlist.mp4': { spoil: () => Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\ngood.mp4\n#EXT-X-ENDLIST\n'), says: /playlist/ },
  'list.mp4': { spoil: () => Buffer.from("ffconcat version 1.0\nfile 'good.mp4'\n"), says: /.+/ },
  'manifest.mp4': {
    spoil: () => Buffer.from('<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet><Representation id="1"><BaseURL>good.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>'),
    says: /.+/,
  },
  'camera.R3D': { spoil: () => Buffer.concat([Buffer.from([0, 0, 1, 0]), Buffer.from('RED2'), Buffer.alloc(4096)]), says: /ProRes|DNxHR|transcode|export/i },
};

const rows: Readonly<Record<string, RegExp>> = {
  'good.mp4,10,10': /holds no frame/,
  'good.mp4,20,10': /backward/,
  'good.mp4,-3,10': /before the file/,
  'good.mp4,5,999': /past the file's last frame: it has 30 frames/,
  'good.mp4,ten,20': /ten/,
  'good.mp4,00:00:00:99,20': /.+/,
  'nowhere.mp4,,': /does not exist/,
};

describe.skipIf(missing('ffmpeg') !== '')('bad input', () => {
  let place: Place;
  beforeAll(() => {
    place = new Place();
    makeShot(place.path('good.mp4'), { shot: 1, frames: 30, more: ['-movflags', '0'] });
  });
  afterAll(() => place[Symbol.dispose]());

  /** Code 1, one line that says all, and no movie. */
  function refused(row: string): string {
    const list = place.list('list.csv', ['good.mp4,,', row]);
    const { code, stderr } = place.stringout('assemble', list, '-o', place.path('out.mp4'));
    const said = stderr.split('\n').filter((line) => line.startsWith('stringout: '));
    expect([code, said.length, stderr.endsWith(`${said[0]}\n`)]).toEqual([1, 1, true]);
    expect(readdirSync(place.folder).filter((name) => name.startsWith('out.') || name.startsWith('.out'))).toEqual([]);
    expect(said[0]).toContain('list.csv, line 3');
    return said[0] ?? '';
  }

  it.each(Object.entries(files))('%s', (name, { spoil, says }) => {
    const path = place.path(name);
    const bytes = spoil(readFileSync(place.path('good.mp4')), path);
    if (bytes) writeFileSync(path, bytes);
    const said = refused(`${name},,`);
    expect(said).toContain(name);
    expect(said).toMatch(says);
  });

  it.each(Object.entries(rows))('%s', (row, says) => {
    expect(refused(row)).toMatch(says);
  });

  it.skipIf(missing('setpriv') !== '')('a file that may not be read', () => {
    chmodSync(place.folder, 0o777);
    copyFileSync(place.path('good.mp4'), place.path('secret.mp4'));
    chmodSync(place.path('secret.mp4'), 0);
    const list = place.list('secret.csv', ['secret.mp4,,']);
    const { code, stderr } = place.run([
      'setpriv', '--reuid=65534', '--clear-groups', process.execPath, ...place.command('assemble', list, '-o', place.path('out.mp4'), '--no-cache'),
    ]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/secret\.mp4.*(?:permission|EACCES)/i)]);
  });

  it('targets that cannot be', () => {
    const list = place.list('good.csv', ['good.mp4,,']);
    const target = (name: string): { code: number | null; stderr: string } => place.stringout('assemble', list, '-o', place.path(name));
    const good = readFileSync(place.path('good.mp4'));
    mkdirSync(place.path('folder.mov'));
    for (const [name, says] of [['good.mp4', /is one of the sources/], ['folder.mov', /folder|directory/], ['nowhere/out.mp4', /does not exist|folder/], ['out.avi', /\.mp4, \.mov/]] as const) {
      const { code, stderr } = target(name);
      expect([name, code === 1 || code === 2, stderr]).toEqual([name, true, expect.stringMatching(says)]);
    }
    expect(Buffer.compare(good, readFileSync(place.path('good.mp4')))).toBe(0);
    expect(existsSync(place.path('nowhere'))).toBe(false);
  });

  it('lists that are none', () => {
    for (const [name, text, says] of [
      ['empty.csv', '', /empty/], ['header.csv', 'clip,start\na,b\n', /file/], ['nothing.csv', 'file,in,out\n', /no shot/],
      ['quote.csv', 'file,in,out\n"good.mp4,,\n', /line/], ['broken.otio', '{"OTIO_SCHEMA": "Timeline.1",', /.+/], ['cut.edl', 'TITLE: X\n', /no edit/], ['text.txt', 'x', /.+/],
    ] as const) {
      const { code, stderr } = place.stringout('plan', place.write(name, text));
      expect([name, code, stderr]).toEqual([name, 1, expect.stringMatching(says)]);
      expect(stderr).toContain(name);
    }
  });
});
