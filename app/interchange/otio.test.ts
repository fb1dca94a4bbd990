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
