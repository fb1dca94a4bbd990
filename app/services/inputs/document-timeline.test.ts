import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StringoutError, flattenError } from '../../base/errors.ts';
import { documentTimeline } from '../../interchange/flatten/document-timeline.ts';
import { readOtioDocument } from '../../interchange/otio/read-document.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { listMedia } from './list-media.ts';

const time = (value: number, rate = 24) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
const range = (start: number, duration: number, rate = 24) => ({ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(duration, rate) });
const file = (target_url: string, available: unknown = null) => ({ OTIO_SCHEMA: 'ExternalReference.1', target_url, available_range: available });
const clip = (name: string, media_reference: unknown, source_range: unknown, more = {}) => ({ OTIO_SCHEMA: 'Clip.1', name, media_reference, source_range, ...more });
const track = (children: unknown[], kind = 'Video') => ({ OTIO_SCHEMA: 'Track.1', kind, children });
const timeline = (...tracks: unknown[]) => JSON.stringify({
  OTIO_SCHEMA: 'Timeline.1', name: 'cut', global_start_time: time(86400), tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks },
});
async function read(text: string, path = '/edit/cut.otio'): Promise<Timeline> {
  const { document } = readOtioDocument(text, { path, sourceRate: null });
  return documentTimeline(document, { path, isLabelled: false, mediaOf: await listMedia(document, { path, folder: '/edit', looksByName: false }) });
}

describe('an OpenTimelineIO timeline', () => {
  it('reads clips, gaps, disabled clips, ranges counted from the media\'s start, and the start timecode', async () => {
    const made = await read(timeline(track([
      clip('A', file('file:///media/a%20b.mov', range(1000, 200)), range(1010, 24)),
      { OTIO_SCHEMA: 'Gap.1', source_range: range(0, 12) },
      clip('B', file('b.mp4'), null),
      clip('off', file('c.mp4'), range(0, 10), { enabled: false }),
    ])));
    expect(made).toMatchObject({ name: 'cut', rate: { num: 24, den: 1 }, start: { frame: 86400 } });
    expect(made.items).toMatchObject([
      { kind: 'clip', media: '/media/a b.mov', range: { in: { value: 1010, origin: 1000 }, out: { value: 1034 } } },
      { kind: 'gap', duration: { frames: 12 } },
      { kind: 'clip', media: '/edit/b.mp4', range: null },
      { kind: 'gap', duration: { frames: 10 } },
    ]);
  });

  it('keeps times that are no whole frames, and takes seconds and clock ticks for no rate of pictures', async () => {
    const made = await read(timeline(track([clip('A', file('a.mov'), range(1.4, 2.25, 1)), clip('B', file('b.mov'), range(0, 71.94, 24)), clip('C', file('c.mov'), range(0, 60000, 24000))])));
    expect(made.items).toMatchObject([
      { range: { in: { value: 140, rate: { num: 100, den: 1 } }, out: { value: 365 } } },
      { range: { out: { value: 7194, rate: { num: 2400, den: 1 } } } },
      { range: { out: { value: 60000 } } },
    ]);
    expect(made.rate).toEqual({ num: 24, den: 1 });
    expect((await read(timeline(track([clip('A', file('a.mov'), range(0, 2, 1))])))).rate).toEqual({ num: 24, den: 1 }); // that of its start
  });

  it('counts image sequences from their first number', async () => {
    const sequence = (available: unknown) => ({
      OTIO_SCHEMA: 'ImageSequenceReference.1', target_url_base: 'file:///plates', name_prefix: 'a.', name_suffix: '.exr', start_frame: 11, frame_step: 2, rate: 24,
      frame_zero_padding: 4, available_range: available,
    });
    const made = await read(timeline(track([
      clip('A', sequence(range(86400, 20)), range(86410, 5)), clip('B', sequence(null), range(11, 5)), clip('C', sequence(range(5, 20)), null), clip('D', sequence(null), null),
    ])));
    const numbers = { first: 11, step: 2, rate: { num: 24, den: 1 } };
    expect(made.items).toMatchObject([
      { media: '/plates/a.%04d.exr', range: { in: { value: 86410, origin: 86400 }, out: { value: 86415 }, numbers } },
      { range: { in: { value: 11, origin: 11 }, numbers } },
      { range: { in: { value: 5, origin: 5 }, out: { value: 25 }, numbers } },
      { range: { in: { value: 0, origin: 0 }, out: null, numbers } },
    ]);
  });

  it.each([
    ['plate.%04d.exr', '/edit/plate.%04d.exr'],
    ['file:///a%20b/plate.%04d.exr', '/a b/plate.%04d.exr'],
    ['a%20b/plate.%d.exr', '/edit/a b/plate.%d.exr'],
    ['%d0%9f.mov', '/edit/П.mov'],
    ['100%.%04d.exr', '/edit/100%.%04d.exr'],
  ])('reads the address %s as a path', async (url, media) => {
    expect((await read(timeline(track([clip('A', file(url), range(0, 1))])))).items).toMatchObject([{ media }]);
  });

  it('takes a source range of a track that shows all of it', async () => {
    const made = await read(timeline({ ...track([clip('A', file('a.mov'), range(0, 60)), clip('B', file('b.mov'), range(0, 96))]), source_range: range(0, 6.5, 1) }));
    expect(made.items).toHaveLength(2);
  });

  it('takes decimals of rates for the fractions they stand for, and NaN for nothing', async () => {
    const text = timeline(track([clip('A', file('a.mov'), range(0, 24, 23.976023976))])).replace('"name":"cut"', '"name":"cut","metadata":{"x":NaN,"y":"NaN"}');
    expect((await read(text)).rate).toEqual({ num: 24000, den: 1001 });
  });

  const dissolve = (before: number, after: number, more = {}) => ({ OTIO_SCHEMA: 'Transition.1', name: 'dissolve', transition_type: 'SMPTE_Dissolve', in_offset: time(before), out_offset: time(after), ...more });

  it('shows both clips of a transition for its own frames, with their handles, and cross-fades their sound', async () => {
    const made = await read(timeline(track([clip('A', file('a.mov'), range(10, 24)), dissolve(4, 6), clip('B', file('b.mov'), range(100, 24))])));
    expect(made.items).toMatchObject([
      { kind: 'clip', name: 'A', window: { from: 0, to: 20 } },
      { kind: 'blend', frames: 10, done: 0, of: 10, style: { kind: 'dissolve' }, from: { name: 'A', window: { from: 20, to: 30 } }, to: { name: 'B', window: { from: -4, to: 6 } } },
      { kind: 'clip', name: 'B', window: { from: 6, to: 24 } },
    ]);
    expect(made.sound).toMatchObject([
      { start: 0, length: 20, sourceIn: 0 }, { start: 20, length: 10, sourceIn: 20, fadeOut: 10 }, { start: 20, length: 10, sourceIn: -4, fadeIn: 10 }, { start: 30, length: 18, sourceIn: 6 },
    ]);
  });

  it('fades from and to black at the edges of a track, and where a gap lies beside the clip', async () => {
    const made = await read(timeline(track([dissolve(0, 8), clip('A', file('a.mov'), range(0, 24)), dissolve(5, 3), { OTIO_SCHEMA: 'Gap.1', source_range: range(0, 24) }])));
    expect(made.items).toMatchObject([
      { kind: 'blend', frames: 8, from: null, to: { window: { from: 0, to: 8 } } }, { kind: 'clip', window: { from: 8, to: 19 } },
      { kind: 'blend', frames: 8, from: { window: { from: 19, to: 27 } }, to: null }, { kind: 'gap', duration: { frames: 21 } },
    ]);
  });

  it('shows the topmost picture, what lies below in its gaps, and nested timelines opened', async () => {
    const nested = { OTIO_SCHEMA: 'Stack.1', name: 'nested', source_range: range(6, 12), children: [track([clip('N1', file('n1.mov'), range(0, 10)), clip('N2', file('n2.mov'), range(0, 10))])] };
    const made = await read(timeline(track([clip('low', file('low.mov'), range(0, 60))]), track([{ OTIO_SCHEMA: 'Gap.1', source_range: range(0, 20) }, nested, clip('off', file('off.mov'), range(0, 5), { enabled: false })])));
    expect(made.items).toMatchObject([
      { name: 'low', window: { from: 0, to: 20 } }, { name: 'N1', window: { from: 6, to: 10 } }, { name: 'N2', window: { from: 0, to: 8 } }, { name: 'low', window: { from: 32, to: 60 } },
    ]);
  });

  it('knows the speed of a clip, and leaves its sound out', async () => {
    const slow = clip('A', file('a.mov'), range(0, 24), { effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 0.5 }] });
    const held = clip('B', file('b.mov'), range(0, 24), { effects: [{ OTIO_SCHEMA: 'FreezeFrame.1', time_scalar: 0 }] });
    const made = await read(timeline(track([slow, held])));
    expect(made.items).toMatchObject([{ name: 'A', retime: { num: 1, den: 2 } }, { name: 'B', retime: { num: 0 } }]);
    expect([made.sound, made.warnings]).toEqual([[], [expect.stringContaining('A: its sound is silent'), expect.stringContaining('B: its sound is silent')]]);
  });

  it('lets the sound tracks be heard where they are not the pictures\' own sound', async () => {
    const picture = track([clip('A', file('a.mov'), range(0, 24)), clip('B', file('b.mov'), range(0, 24))]);
    const sound = track([clip('music', file('music.wav'), range(0, 48))], 'Audio');
    expect((await read(timeline(picture, sound))).sound).toMatchObject([{ name: 'music', media: '/edit/music.wav', start: 0, length: 48 }]);
    expect((await read(timeline(picture, { ...picture, kind: 'Audio' }))).sound).toBeUndefined();
  });

  it('is black where there is sound alone', async () => {
    const made = await read(timeline(track([clip('music', file('music.wav'), range(0, 48))], 'Audio')));
    expect([made.items, made.sound]).toMatchObject([[{ kind: 'gap', duration: { frames: 48 } }], [{ name: 'music', length: 48 }]]);
  });

  it.each([
    ['a fragment', JSON.stringify({ OTIO_SCHEMA: 'Clip.2' }), 'input.unsupported'],
    ['other JSON', '{"a":1}', 'list.invalid'],
    ['text', 'hello', 'list.invalid'],
    ['media on the network', timeline(track([clip('A', file('https://example.com/a.mov'), range(0, 1))])), 'input.unsupported'],
    ['nothing', timeline(), 'list.invalid'],
  ])('refuses %s by a clear error', async (_, text, code) => {
    const error: unknown = await read(text).then(() => null, (failure: unknown) => failure);
    expect(error).toBeInstanceOf(StringoutError);
    expect(flattenError(error)).toMatchObject({ code, place: { file: '/edit/cut.otio' } });
  });

  const corpus = new URL('../../../../shared/corpus/timelines/', import.meta.url);
  it.skipIf(!existsSync(corpus))('reads or clearly refuses every OTIO file of the corpus (skipped where the corpus is absent)', async () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.otio'));
    expect(files.length).toBeGreaterThan(40);
    let wereRead = 0;
    for (const name of files) {
      try {
        await read(readFileSync(new URL(encodeURI(name), corpus), 'utf8'), name);
        wereRead++;
      } catch (error) {
        expect(error, name).toBeInstanceOf(StringoutError);
      }
    }
    expect(wereRead).toBeGreaterThan(10);
  });
});
