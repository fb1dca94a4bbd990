/** Timelines as files: bundles with their media, formats by content, what stands at the target. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { flattenError } from '../../base/errors.ts';
import type { MediaReference } from '../../interchange/document.ts';
import { mediaOf } from '../../interchange/map-media.ts';
import { openTimeline } from './open-timeline.ts';
import { saveTimeline } from './save-timeline.ts';
import { unpackedMedia } from './unpacked-media.ts';

let folder: string;
beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'stringout-timelines-'))); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const at = (...names: readonly string[]): string => join(folder, ...names);
const time = (value: number) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate: 24 });
const clip = (reference: object) => ({ OTIO_SCHEMA: 'Clip.2', name: 'A', source_range: { OTIO_SCHEMA: 'TimeRange.1', start_time: time(0), duration: time(24) }, media_reference: reference });
const file = (url: string) => clip({ OTIO_SCHEMA: 'ExternalReference.1', target_url: url });
const timeline = (...clips: readonly object[]) => JSON.stringify({
  OTIO_SCHEMA: 'Timeline.1', name: 'cut', tracks: { OTIO_SCHEMA: 'Stack.1', name: 'tracks', children: [{ OTIO_SCHEMA: 'Track.1', kind: 'Video', children: clips }] },
});

function write(name: string, text: string | Uint8Array): string {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  return at(name);
}
const openIt = (path: string) => openTimeline(path, { sourceRate: null });
const convert = async (from: string, to: string) => saveTimeline(await openIt(from), to);
const addresses = async (path: string) => mediaOf((await openIt(path)).document).map((media: MediaReference) => (media.kind === 'file' ? media.url : media.kind === 'sequence' ? `${media.folder}|${media.prefix}` : null));
const failure = async (work: Promise<unknown>) => work.then(() => { throw new Error('was taken'); }, flattenError);

async function zipOf(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const parts: Uint8Array[] = [];
  for await (const part of zip.outputStream) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

describe('bundles', () => {
  it('take media along, once each, under names of their own, and give them back', async () => {
    write('day 1/a.mov', 'one');
    write('day 2/A.mov', 'two');
    write('plates/p.0001.exr', '1');
    write('plates/p.0002.exr', '2');
    write('plates/notes.txt', 'mine');
    const sequence = clip({ OTIO_SCHEMA: 'ImageSequenceReference.1', target_url_base: 'plates', name_prefix: 'p.', name_suffix: '.exr', start_frame: 1, frame_step: 1, rate: 24, frame_zero_padding: 4 });
    const cut = write('cut.otio', timeline(file('day%201/a.mov'), file('day 2/A.mov'), file(`file://${at('day 1', 'a.mov').replace(' ', '%20')}`), sequence, file('plates/p.%04d.exr'), file('gone.mov'), file('plates/notes.txt')));
    const { losses, format } = await convert(cut, at('cut.otiod'));
    expect(format).toBe('otiod');
    expect(losses.map(({ element, message }) => [element, message.slice(0, 20)])).toEqual([['gone.mov', 'is not there, so it '], [at('plates/notes.txt'), 'is not named like me']]);
    await convert(at('cut.otiod'), at('cut.otioz'));
    await convert(at('cut.otioz'), at('again.otiod'));
    for (const bundle of ['cut.otiod', 'again.otiod']) {
      expect(readdirSync(at(bundle), { recursive: true, encoding: 'utf8' }).toSorted()).toEqual([
        'content.otio', 'media', 'media/2', 'media/2/A.mov', 'media/a.mov', 'media/p.0001.exr', 'media/p.0002.exr', 'version.txt',
      ]);
      expect([readFileSync(at(bundle, 'media/a.mov'), 'utf8'), readFileSync(at(bundle, 'media/2/A.mov'), 'utf8')]).toEqual(['one', 'two']);
    }
    expect(await addresses(at('again.otiod'))).toEqual(['media/a.mov', 'media/2/A.mov', 'media/a.mov', 'media|p.', 'media/p.%04d.exr', 'gone.mov', 'plates/notes.txt']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('are unpacked once, whole or not at all', async () => {
    const bundle = write('a.otioz', await zipOf({ 'content.otio': timeline(file('media/a.mov')), 'media/a.mov': 'picture' }));
    expect(await openIt(bundle)).toMatchObject({ format: 'otioz', mediaFolder: null, events: 1 });
    const media = await unpackedMedia(bundle, at('cache'));
    expect(readFileSync(join(media, 'media/a.mov'), 'utf8')).toBe('picture');
    expect(await unpackedMedia(bundle, at('cache'))).toBe(media);
    expect(readdirSync(at('cache'))).toHaveLength(1);
  });

  it.each<[string, () => Promise<Uint8Array>, string, RegExp]>([
    ['a name that leads out', async () => Buffer.from((await zipOf({ 'content.otio': timeline(), 'aa/evil.mov': 'x' })).toString('latin1').replaceAll('aa/evil.mov', '../evil.mov'), 'latin1'), 'input.damaged', /invalid relative path/],
    ['one name twice', async () => Buffer.from((await zipOf({ 'content.otio': timeline(), 'media/a.mov': 'x', 'media/b.mov': 'y' })).toString('latin1').replaceAll('media/b.mov', 'media/a.mov'), 'latin1'), 'input.damaged', /two files of one name/],
    ['an abyss of folders', async () => zipOf({ 'content.otio': timeline(), [`${'a/'.repeat(30)}x.mov`]: 'x' }), 'input.unsupported', /name that is not taken/],
    ['half of it', async () => (await zipOf({ 'content.otio': timeline() })).subarray(0, 200), 'input.damaged', /damaged zip/],
    ['what unpacks without end', async () => zipOf({ 'content.otio': timeline(), 'media/a.mov': Buffer.alloc(20 * 1024 * 1024) }), 'input.unsupported', /times its size/],
    ['no timeline', async () => zipOf({ 'readme.txt': 'hello' }), 'input.unsupported', /without content\.otio/],
  ])('refuse %s, and leave nothing behind', async (_, make, code, message) => {
    const bundle = write('in/a.otioz', await make());
    const failed = await failure(convert(bundle, at('out.otiod')));
    expect([failed.code, failed.message]).toEqual([code, expect.stringMatching(message)]);
    expect(await failure((async () => unpackedMedia((await openIt(bundle)).path, at('cache')))())).toMatchObject({ code });
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !['in', 'in/a.otioz', 'cache'].includes(name))).toEqual([]);
  });
});

describe('saveTimeline', () => {
  it('keeps media found from another folder, and leaves what is not there', async () => {
    write('cut/media/a b.mov', 'x');
    const cut = write('cut/cut.otio', timeline(file('media/a%20b.mov'), file('gone/b.mov'), file('/abs/c.mov'), file('https://example.com/d.mov')));
    mkdirSync(at('other'));
    await convert(cut, at('other/cut.fcpxmld'));
    expect(await openIt(at('other/cut.fcpxmld'))).toMatchObject({ format: 'fcpxmld', events: 4, mediaFolder: at('other/cut.fcpxmld') });
    await convert(cut, at('other/cut.otio'));
    expect(await addresses(at('other/cut.otio'))).toEqual(['../cut/media/a%20b.mov', 'gone/b.mov', '/abs/c.mov', 'https://example.com/d.mov']);
  });

  it('writes plain paths to shot lists', async () => {
    const cut = write('cut.otio', timeline(file('file:///abs/a%20b.mov'), file('media/c%20d.mov'), file('100%.mov'), file('https://example.com/d.mov')));
    await convert(cut, at('cut.csv'));
    expect(readFileSync(at('cut.csv'), 'utf8').split('\n').slice(1, 5).map((line) => line.split(',')[0])).toEqual(['/abs/a b.mov', 'media/c d.mov', '100%.mov', 'https://example.com/d.mov']);
  });

  it('says what it replaces, and never writes over its source, a bundle, or on a mistake', async () => {
    const cut = write('cut.otio', timeline(file('a.mov')));
    expect([(await convert(cut, at('b.otio'))).isReplaced, (await convert(cut, at('b.otio'))).isReplaced]).toEqual([false, true]);
    await convert(cut, at('c.otiod'));
    for (const [target, code, message] of [
      ['cut.otio', 'output.refused', /one of the sources/], ['c.otiod', 'output.refused', /is there already/], ['x.aaf', 'output.refused', /AAF is not written/],
      ['x.mov', 'usage', /must end in .*\.otio/], ['nowhere/x.otio', 'output.refused', /folder for the timeline does not exist/],
    ] as const) {
      expect([target, await failure(convert(cut, at(target)))]).toEqual([target, expect.objectContaining({ code, message: expect.stringMatching(message) })]);
    }
    expect(readdirSync(folder).toSorted()).toEqual(['b.otio', 'c.otiod', 'cut.otio']);
  });
});

describe('openTimeline', () => {
  it('goes by the content, whatever the name', async () => {
    expect((await openIt(write('cut.txt', `\uFEFF\n ${timeline()}`))).format).toBe('otio');
    expect((await openIt(write('cut.edl', timeline()))).format).toBe('otio');
    expect((await openIt(write('cut', 'TITLE: X\r001  A  V  C  00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\r'))).format).toBe('edl');
    expect((await openIt(write('FORM.csv', 'FORM wide,file,in,out\n,a.mov,0,1\n'))).format).toBe('csv');
    expect((await openIt(write('utf16.edl', Buffer.from('\uFEFFTITLE: X\r\n001  A  V  C  00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\r\n', 'utf16le')))).events).toBe(1);
  });

  it.each([
    ['a.edl', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /AAF.*EDL and an ALE, or XML/], ['a.otio', Buffer.from('0000001866747970', 'hex'), /media file/],
    ['a.prproj', Buffer.from('1f8b080800', 'hex'), /compressed project/], ['a.xml', '<?xml version="1.0"?><!-- <xmeml> --><cpl:CompositionPlaylist/>', /IMF composition playlist \(CPL\).*export/],
    ['a.xges', '<ges version="0.3">', /GStreamer/], ['a.xml', '<DolbyLabsMDF>', /Dolby/], ['a.xml', '<!DOCTYPE filter [ <!ENTITY x "y"> ]><filter/>', /XML of another kind \(<filter>\)/],
    ['README.md', 'Hello', /a text, and no timeline: give OpenTimelineIO/], ['a.bin', Buffer.from([1, 2, 0, 4]), /no timeline/],
  ] as const)('refuses %s by name with advice (%#)', async (name, content, message) => {
    expect(await failure(openIt(write(name, content)))).toMatchObject({ code: 'input.unsupported', message: expect.stringMatching(message), place: { file: at(name) } });
  });

  it('refuses folders, nothing, and what is not there', async () => {
    expect(await failure(openIt(folder))).toMatchObject({ code: 'input.unsupported', message: expect.stringContaining('no timeline bundle') });
    expect(await failure(openIt(write('empty.edl', '')))).toMatchObject({ code: 'list.invalid' });
    expect(await failure(openIt(at('nowhere.otio')))).toMatchObject({ code: 'input.missing' });
  });
});
