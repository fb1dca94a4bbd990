/** The command line as documented: help, typos, codes, and JSON with exactly the named fields. */
import { createHash } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, streams } from './fixtures/judge.ts';
import { makeShot } from './fixtures/shots.ts';
import { missing } from './fixtures/tools.ts';

describe('without media', () => {
  it('teaches, suggests, and refuses what is not there with 2', () => {
    using place = new Place();
    const help = place.stringout('--help');
    expect([help.code, help.stdout]).toEqual([0, expect.stringMatching(/assemble[^]*plan[^]*probe[^]*verify[^]*info[^]*convert[^]*diff[^]*relink[^]*demo[^]*bench[^]*serve[^]*open[^]*cache/)]);
    expect(help.stdout).not.toMatch(/\bfarm\b/);
    for (const [args, says] of [
      [['asemble', 'x'], /assemble/], [['assemble', 'x', '-o', 'y.mp4', '--profil', 'h264'], /--profile/], [['assemble', 'x'], /--output/],
      [['assemble', 'x', '-o', 'y.mp4', '--audio', 'loud'], /exact/], [['farm'], /farm/], [['plan', 'x', '--workers', '0'], /--workers/], [['plan', 'x', '--memory', '0'], /--memory/], [['plan', 'x', '--size', 'big'], /size/],
    ] as const) {
      const { code, stderr } = place.stringout(...args);
      expect([args[0], code, stderr]).toEqual([args[0], 2, expect.stringMatching(says)]);
    }
    expect(place.stringout('plan', 'nowhere').code).toBe(1);
  });

  it('info and convert: one object in the fields as documented, what is lost, 1 for what is no timeline, 2 for wrong usage', () => {
    using place = new Place();
    place.write('cut.edl', 'TITLE: Cut\nFCM: NON-DROP FRAME\n001  A001  V  C  00:00:00:00 00:00:02:00 01:00:00:00 01:00:02:00\n002  A002  V  C  00:00:00:00 00:00:01:00 01:00:03:00 01:00:04:00\n');
    const info = place.stringout('info', 'cut.edl', '--source-rate', '25', '--json');
    expect([info.code, JSON.parse(info.stdout)]).toEqual([0, {
      format: 'edl', rate: '25/1', events: 2, tracks: [{ kind: 'video', clips: 2, gaps: 1, transitions: 0, frames: 100 }], diagnostics: expect.any(Array),
    }]);
    const done = place.stringout('convert', 'cut.edl', 'cut.otio', '--source-rate', '25', '--json');
    expect([done.code, eventOf(done, 'converted')]).toMatchObject([0, { from: 'edl', to: 'otio', output: place.path('cut.otio'), events: 2, replaced: false, losses: [] }]);
    expect(JSON.parse(place.stringout('info', 'cut.otio', '--json').stdout)).toMatchObject({ format: 'otio', rate: '25/1', tracks: [{ clips: 2, gaps: 1, frames: 100 }] });
    const back = place.stringout('convert', 'cut.otio', 'cut.ale');
    expect([back.code, back.stdout, back.stderr]).toEqual([0, expect.stringContaining('cut.ale'), expect.stringMatching(/^lost: /m)]);
    const refused = place.stringout('info', place.write('film.aaf', Buffer.from('d0cf11e0a1b11ae1', 'hex')));
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([1, '', expect.stringMatching(/film\.aaf: is an AAF.*export an EDL/)]);
    const again = place.stringout('diff', 'cut.edl', 'cut.otio', '--source-rate', '25', '--json');
    expect([again.code, again.events.filter(({ event }) => event === 'clip').map(({ state }) => state), eventOf(again, 'diff')]).toMatchObject([0, ['unchanged', 'unchanged'], { counts: { unchanged: 2 }, output: null }]);
    for (const args of [['diff', 'cut.edl'], ['relink', 'cut.edl'], ['info', 'cut.edl', '--source-rate', 'fast'], ['convert', 'cut.edl', 'cut.doc'], ['convert', 'cut.edl']]) expect(place.stringout(...args).code).toBe(2);
  });
});

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('with media', () => {
  let place: Place;
  beforeAll(() => {
    place = new Place();
    for (const shot of [1, 2, 10]) makeShot(place.path('shots', `take ${shot}.mp4`), { shot, frames: 36 });
  });
  afterAll(() => place[Symbol.dispose]());

  it('convert: a report has a picture of every shot that can be read, and subtitles their names', () => {
    const list = place.list('report.csv', ['shots/take 1.mp4,,', 'shots/take 2.mp4,5,30', 'shots/gone.mp4,1,2']);
    const done = place.stringout('convert', list, 'report.html', '--json');
    expect([done.code, eventOf(done, 'converted')]).toMatchObject([0, { to: 'html', losses: [] }]);
    const text = readFileSync(place.path('report.html'), 'utf8');
    expect([text.match(/src="data:image\/jpeg;base64,\/9j\//g)?.length, text.match(/>offline</g)?.length]).toEqual([2, 2]);
    place.succeed('convert', list, 'report.srt');
    expect(readFileSync(place.path('report.srt'), 'utf8')).toMatch(/^1\n00:00:00,000 --> 00:00:01,500\ntake 1.mp4\n\n/);
  });

  it('probe --check: hashes of the list beside the shots; a mismatch is an error, what is not listed a warning', () => {
    const one = readFileSync(place.path('shots', 'take 1.mp4'));
    const md5 = createHash('md5').update(one).digest('hex');
    const sha1 = createHash('sha1').update('another file').digest('hex');
    place.write('shots.mhl', `<hashlist version="1.1"><hash><file>shots/take 1.mp4</file><md5>${md5}</md5></hash><hash><file>shots/take 2.mp4</file><sha1>${sha1}</sha1></hash></hashlist>`);
    const well = place.stringout('probe', 'shots/take 1.mp4', 'shots/take 10.mp4', '--check', '--json');
    expect([well.code, eventOf(well, 'check')]).toMatchObject([0, { path: place.path('shots', 'take 10.mp4'), state: 'unlisted' }]);
    expect(well.events.filter(({ event }) => event !== 'progress').map(({ event, state, hashes }) => ({ event, state, hashes }))).toMatchObject([
      { event: 'source', hashes: [{ method: 'md5', value: md5, list: place.path('shots.mhl') }] }, { event: 'check', state: 'matched', hashes: [{ expected: md5, found: md5 }] }, { event: 'source', hashes: [] }, { event: 'check' },
    ]);
    const wrong = place.stringout('probe', 'shots/take 2.mp4', '--check');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringMatching(new RegExp(`take 2\\.mp4: is not what .*shots\\.mhl lists: sha1 should be ${sha1} and is [0-9a-f]{40}`))]);
    expect(place.stringout('probe', 'shots/take 2.mp4').code).toBe(0);
  });

  it('plan: a line a clip and a summary, in the fields as documented', () => {
    const list = place.list('list.csv', ['shots/take 1.mp4,,', 'shots/take 2.mp4,5,30', 'shots/take 10.mp4,1,2']);
    const done = place.succeed('plan', list, '--json');
    expect(done.events.filter(({ event }) => event === 'clip').map(({ index, step, framesToEncode }) => ({ index, step, framesToEncode }))).toEqual([
      { index: 0, step: 'copy', framesToEncode: 0 }, { index: 1, step: 'smart', framesToEncode: 9 }, { index: 2, step: 'encode', framesToEncode: 1 },
    ]);
    expect(Object.keys(eventOf(done, 'clip')).toSorted()).toEqual(['bytesToCopy', 'event', 'expectedSeconds', 'framesToEncode', 'index', 'name', 'reason', 'step']);
    expect(eventOf(done, 'plan')).toMatchObject({
      clips: 3, frames: 62, steps: { copy: 1, smart: 1, encode: 1, cached: 0 }, framesToEncode: 10, bytesToCopy: expect.any(Number), expectedSeconds: expect.any(Number),
      sound: { exact: { cpuSeconds: expect.any(Number) }, packets: { cpuSeconds: expect.any(Number), maxOffsetSamples: expect.any(Number) } }, outliers: [],
    });
  });

  it('relink: a line a clip with candidates and reasons, a summary, the timeline with what was found; 3 where one is missing', () => {
    const cut = place.list('moved.csv', ['/old/take 2.mov,5,30', 'TAKE%2010.mp4,0,12', '/old/take 1.mp4,0,500', 'gone.mov,0,5']);
    const done = place.stringout('relink', cut, 'shots', '--source-rate', '24', '-o', 'found.csv', '--json');
    expect([done.code, done.events.map(({ event, status = null, path = null }) => [event, status, path])]).toEqual([3, [
      ['clip', 'found', place.path('shots', 'take 2.mp4')], ['clip', 'found', place.path('shots', 'take 10.mp4')], ['clip', 'partial', null], ['clip', 'missing', null], ['relink', null, null],
    ]]);
    expect(done.events[2]).toMatchObject({ candidates: [{ path: place.path('shots', 'take 1.mp4'), evidence: 'file', fit: 'partial', reason: expect.stringContaining('it lacks 464 at the tail') }] });
    expect(eventOf(done, 'relink')).toMatchObject({ clips: 4, found: 2, counts: { found: 2, partial: 1, missing: 1 }, listed: 3, output: place.path('found.csv') });
    expect([place.stringout('relink', 'found.csv', 'shots', '--source-rate', '24').code, place.stringout('relink', 'found.csv', 'nowhere').code]).toEqual([3, 1]);
  });

  it('assemble: progress that never falls, and one report in the fields as documented', () => {
    const done = place.succeed('assemble', 'shots', '-o', 'reel.mp4', '--json');
    const progress = done.events.filter(({ event }) => event === 'progress').map((event) => Number(event['done']));
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    const report = eventOf(done, 'report');
    expect(Object.keys(report).toSorted()).toEqual([
      'bytesWritten', 'clips', 'event', 'frames', 'framesEncoded', 'output', 'peakRssBytes', 'seconds', 'sound', 'startSeconds', 'steps', 'syncSeconds', 'wallSeconds', 'warnings',
    ]);
    expect(done.stdout.trim().split('\n').every((line) => line.startsWith('{'))).toBe(true);
    // Natural order: 2 before 10.
    expect(barCodes(place.path('reel.mp4')).codes).toEqual([1, 2, 10].flatMap((shot) => codesOf(shot, 0, 36)));
  });

  it('the second run takes from the cache what the first one made', () => {
    const list = place.list('again.csv', ['shots/take 1.mp4,5,30', 'shots/take 2.mp4,5,30']);
    place.succeed('assemble', list, '-o', 'again.mp4');
    const again = eventOf(place.succeed('assemble', list, '-o', 'other name.mp4', '--json'), 'report');
    expect(again).toMatchObject({ framesEncoded: 0, steps: { copy: 0, smart: 0, encode: 0, cached: 2 } });
    expect(eventOf(place.succeed('cache', 'stats', '--json'), 'cache')['segments']).toBeGreaterThan(0);
    place.succeed('cache', 'clear');
    expect(eventOf(place.succeed('cache', 'stats', '--json'), 'cache')['segments']).toBe(0);
  });

  it('verify: proves a movie against its timeline, and fails on another one', () => {
    const list = place.list('verified.csv', ['shots/take 1.mp4,5,30', 'shots/take 2.mp4,,', 'shots/take 10.mp4,0,20']);
    place.succeed('assemble', list, '-o', 'verified.mp4');
    const good = place.succeed('verify', 'verified.mp4', '--against', list, '--json');
    expect(eventOf(good, 'verification')).toEqual({ event: 'verification', frames: 81, expected: 81, warnings: [], ok: true });
    const seams = good.events.filter(({ event }) => event === 'seam');
    expect(seams.map(({ frame, ok, audioOffsetSamples }) => [frame, ok, audioOffsetSamples])).toEqual([[25, true, 0], [61, true, 0]]);
    expect(Object.keys(seams[0] ?? {}).toSorted()).toEqual(['audioOffsetSamples', 'event', 'firstHash', 'frame', 'index', 'lastHash', 'ok', 'pts']);
    const other = place.list('other.csv', ['shots/take 1.mp4,5,30', 'shots/take 2.mp4,,', 'shots/take 10.mp4,1,21']);
    const bad = place.stringout('verify', 'verified.mp4', '--against', other, '--all', '--json');
    expect([bad.code, eventOf(bad, 'verification')['ok']]).toEqual([1, false]);
  });

  it('probe: what a file holds, and 1 where one cannot be read', () => {
    const done = place.stringout('probe', 'shots/take 1.mp4', 'nowhere.mov', '--json');
    expect(done.code).toBe(1);
    expect(done.events[0]).toMatchObject({ picture: { codec: 'h264', width: 320, height: 180, rate: '24', frames: 36 }, sound: { codec: 'aac', sampleRate: 48_000, channels: 2 } });
    expect(done.stderr).toMatch(/nowhere\.mov.*does not exist/);
  });

  it('options: a range of the timeline, handles, size and rate, start timecode, no sound', () => {
    const list = place.list('options.csv', ['shots/take 1.mp4,6,18', 'shots/take 2.mp4,6,18']);
    const codes = (...args: string[]): string[] => {
      place.succeed('assemble', list, '-o', 'options.mp4', ...args);
      return barCodes(place.path('options.mp4')).codes;
    };
    expect(codes('--range', '10-14')).toEqual(['1:16', '1:17', '2:6', '2:7']);
    expect(codes('--range', '00:59:58:00-00:59:58:01', '--start-tc', '00:59:58:00')).toEqual(['1:6']);
    expect(codes('--handles', '100')).toEqual([...codesOf(1, 0, 36), ...codesOf(2, 0, 36)]);
    expect(codes('--rate', '12')).toEqual(['1:6', '1:8', '1:10', '1:12', '1:14', '1:16', '2:6', '2:8', '2:10', '2:12', '2:14', '2:16']);
    expect(codes('--size', '640x360', '--audio', 'none').length).toBe(24);
    expect(streams(place.path('options.mp4')).map(({ codec_type: type }) => type)).toEqual(['video', 'data']);
  });

  it('a movie whose name is as long as names may be, a folder that is not there, packets where there are none', () => {
    const name = `${'n'.repeat(251)}.mov`;
    place.succeed('assemble', 'shots', '-o', name);
    expect(barCodes(place.path(name)).codes.length).toBe(3 * 36);
    const nowhere = place.stringout('assemble', 'shots', '-o', 'nowhere/x.mov', '--no-cache');
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringMatching(/nowhere: the folder for the movie does not exist/)]);
    const { code, stderr } = place.stringout('assemble', 'shots', '-o', 'x.mkv', '--audio', 'packets');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/warning: .*\.mkv: it is made exact/)]);
  });

  it('names that shells and lists choke on', () => {
    const names = ["it's a \"quote\".mp4", 'new\nline.mp4', '-dash.mp4', '🎬 ünïcode 𝄞.mp4', 'per%cent %04d.mp4', 'comma, semicolon;.mp4', ' spaces .mp4', '#hash?.mp4'];
    names.forEach((name, i) => makeShot(place.path('odd', name), { shot: 20 + i, frames: 14 }));
    symlinkSync(place.path('odd'), place.path('link'));
    const row = (name: string, i: number): string => `"${`${['odd', place.path('odd'), './link', place.path('link')][i % 4]}/${name}`.replaceAll('"', '""')}",1,13`;
    const list = place.list('odd.csv', names.map(row));
    place.succeed('assemble', list, '-o', '-out "put".mp4');
    expect(barCodes(place.path('-out "put".mp4'))).toEqual({ codes: names.flatMap((_, i) => codesOf(20 + i, 1, 13)), messages: '' });
    const folder = eventOf(place.succeed('assemble', 'odd', '-o', 'odd.mov', '--json'), 'report');
    expect(folder).toMatchObject({ clips: names.length, frames: names.length * 14 });
  });
});
