import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { StringoutError, flattenError } from '../base/errors.ts';
import { readOtio } from './otio.ts';

const time = (value: number, rate = 24) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
const range = (start: number, duration: number, rate = 24) => ({ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(duration, rate) });
const file = (target_url: string, available: unknown = null) => ({ OTIO_SCHEMA: 'ExternalReference.1', target_url, available_range: available });
const clip = (name: string, media_reference: unknown, source_range: unknown, more = {}) => ({ OTIO_SCHEMA: 'Clip.1', name, media_reference, source_range, ...more });
const track = (children: unknown[], kind = 'Video') => ({ OTIO_SCHEMA: 'Track.1', kind, children });
const timeline = (...tracks: unknown[]) => JSON.stringify({
  OTIO_SCHEMA: 'Timeline.1', name: 'cut', global_start_time: time(86400), tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks },
});
const read = (text: string) => readOtio(text, '/edit/cut.otio', '/edit');

describe('readOtio', () => {
  it('reads clips, gaps, disabled clips, ranges counted from the media\'s start, and the start timecode', () => {
    const made = read(timeline(track([
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

  it('keeps times that are no whole frames, and takes seconds and clock ticks for no rate of pictures', () => {
    const made = read(timeline(track([clip('A', file('a.mov'), range(1.4, 2.25, 1)), clip('B', file('b.mov'), range(0, 71.94, 24)), clip('C', file('c.mov'), range(0, 60000, 24000))])));
    expect(made.items).toMatchObject([
      { range: { in: { value: 140, rate: { num: 100, den: 1 } }, out: { value: 365 } } },
      { range: { out: { value: 7194, rate: { num: 2400, den: 1 } } } },
      { range: { out: { value: 60000 } } },
    ]);
    expect(made.rate).toEqual({ num: 24, den: 1 });
    expect(read(timeline(track([clip('A', file('a.mov'), range(0, 2, 1))]))).rate).toBeNull();
  });

  it('counts image sequences from their first number', () => {
    const sequence = (available: unknown) => ({
      OTIO_SCHEMA: 'ImageSequenceReference.1', target_url_base: 'file:///plates', name_prefix: 'a.', name_suffix: '.exr', start_frame: 11, frame_step: 2, rate: 24,
      frame_zero_padding: 4, available_range: available,
    });
    const made = read(timeline(track([
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
  ])('reads the address %s as a path', (url, media) => {
    expect(read(timeline(track([clip('A', file(url), range(0, 1))]))).items).toMatchObject([{ media }]);
  });

  it('takes a source range of a track that shows all of it', () => {
    const made = read(timeline({ ...track([clip('A', file('a.mov'), range(0, 60)), clip('B', file('b.mov'), range(0, 96))]), source_range: range(0, 6.5, 1) }));
    expect(made.items).toHaveLength(2);
  });

  it('takes decimals of rates for the fractions they stand for, and NaN for nothing', () => {
    const text = timeline(track([clip('A', file('a.mov'), range(0, 24, 23.976023976))])).replace('"name":"cut"', '"name":"cut","metadata":{"x":NaN,"y":"NaN"}');
    expect(read(text).rate).toEqual({ num: 24000, den: 1001 });
  });

  it('says what it reads otherwise than meant', () => {
    const picture = track([clip('A', file('a.mov'), range(0, 24)), { OTIO_SCHEMA: 'Transition.1', name: 'dissolve' }, clip('B', file('b.mov'), range(0, 24))]);
    const sound = track([clip('A', file('other.wav'), range(0, 48))], 'Audio');
    expect(read(timeline(picture, sound)).warnings).toEqual(['the transition "dissolve" is read as a cut', expect.stringContaining('sound tracks are cut differently')]);
  });

  it.each([
    ['two video tracks', timeline(track([clip('A', file('a.mov'), range(0, 1))]), track([clip('B', file('b.mov'), range(0, 1))])), 'input.unsupported'],
    ['a speed change', timeline(track([clip('A', file('a.mov'), range(0, 1), { effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: 2 }] })])), 'input.unsupported'],
    ['a fragment', JSON.stringify({ OTIO_SCHEMA: 'Clip.2' }), 'input.unsupported'],
    ['other JSON', '{"a":1}', 'list.invalid'],
    ['text', 'hello', 'list.invalid'],
    ['media on the network', timeline(track([clip('A', file('https://example.com/a.mov'), range(0, 1))])), 'input.unsupported'],
    ['nothing', timeline(), 'list.invalid'],
    ['a track that shows a part', timeline({ ...track([clip('A', file('a.mov'), range(0, 10))]), source_range: range(2, 5) }), 'list.invalid'],
    ['a stack that shows a part', timeline(track([clip('A', file('a.mov'), range(0, 10))])).replace('"Stack.1"', `"Stack.1","source_range":${JSON.stringify(range(0, 5))}`), 'list.invalid'],
    ['a stack beside the tracks', timeline(track([clip('A', file('a.mov'), range(0, 10))]), { OTIO_SCHEMA: 'Stack.1', name: 'titles', children: [] }), 'list.invalid'],
  ])('refuses %s by a clear error', (_, text, code) => {
    expect(() => read(text)).toThrow(StringoutError);
    try {
      read(text);
    } catch (error) {
      expect(flattenError(error)).toMatchObject({ code, place: { file: '/edit/cut.otio' } });
    }
  });

  const corpus = new URL('../../../shared/corpus/timelines/', import.meta.url);
  it.skipIf(!existsSync(corpus))('reads or clearly refuses every OTIO file of the corpus (skipped where the corpus is absent)', () => {
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.otio'));
    expect(files.length).toBeGreaterThan(40);
    let wereRead = 0;
    for (const name of files) {
      try {
        readOtio(readFileSync(new URL(encodeURI(name), corpus), 'utf8'), name, '/');
        wereRead++;
      } catch (error) {
        expect(error, name).toBeInstanceOf(StringoutError);
      }
    }
    expect(wereRead).toBeGreaterThan(10);
  });
});
