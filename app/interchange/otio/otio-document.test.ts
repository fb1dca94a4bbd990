import { describe, expect, it } from 'vitest';
import { flattenError } from '../../base/errors.ts';
import type { TimelineDocument } from '../document.ts';
import { asObject, objectsIn, type JsonObject } from '../json.ts';
import { readOtioDocument } from './read-document.ts';
import { writeOtioDocument } from './write-document.ts';

const read = (text: string) => readOtioDocument(text, { path: '/edit/cut.otio', sourceRate: null });
const time = (value: number, rate = 24) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
const range = (start: number, duration: number, rate = 24) => ({ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start, rate), duration: time(duration, rate) });
const clip = (more: object = {}, name = 'A') => ({ OTIO_SCHEMA: 'Clip.2', name, source_range: range(0, 24), ...more });
const track = (...children: unknown[]) => ({ OTIO_SCHEMA: 'Track.1', name: 'V1', kind: 'Video', children });
const timeline = (tracks: readonly unknown[], more: object = {}, stack: object = {}) => (
  JSON.stringify({ OTIO_SCHEMA: 'Timeline.1', name: 'cut', ...more, tracks: { OTIO_SCHEMA: 'Stack.1', name: 'tracks', ...stack, children: tracks } })
);
/** The model, which must be the same after it was written and read again. */
function reread(text: string): TimelineDocument {
  const { document } = read(text);
  expect(read(writeOtioDocument(document).text).document).toEqual(document);
  return document;
}
const item = (text: string) => reread(text).tracks[0]?.items[0];

describe('readOtioDocument and writeOtioDocument', () => {
  it('keep numbers that JSON or JavaScript do not have, wherever they stand', () => {
    const text = timeline([track(clip({ metadata: { big: '@big', list: ['@nan', '@inf', '@short'], text: 'NaN "Inf" 12345678901234567890' }, source_range: { ...range(0, 24), start_time: time(0) }, new_field: '@big' }))])
      .replaceAll('"@big"', '12345678901234567890').replace('"@nan"', 'NaN').replace('"@inf"', '-Infinity').replace('"@short"', 'Inf');
    const { text: written } = writeOtioDocument(reread(text));
    expect(written).toMatch(/"big": 12345678901234567890,\s+"list": \[\s+NaN,\s+-Infinity,\s+Infinity\s+\],\s+"text": "NaN \\"Inf\\" 12345678901234567890"/);
    expect(written).toContain('"new_field": 12345678901234567890');
    // What a store or a window gets is plain JSON.
    expect(JSON.parse(JSON.stringify(read(text).document))).toEqual(read(text).document);
  });

  it('keep unknown schemas, fields and metadata, and say what was read otherwise', () => {
    const text = timeline([
      track(clip({ studio: { frames: [1, 2] }, metadata: { otio: 'mine', stringout: 'theirs', cmx_3600: { reel: 'A001' } } }), { OTIO_SCHEMA: 'Title.7', text: 'Fin', source_range: range(0, 12) }),
      { OTIO_SCHEMA: 'Track.1', name: 'S1', kind: 'Subtitle', children: [] }, clip({}, 'bare'),
    ], { future: 1 }, { effects: [{ OTIO_SCHEMA: 'Effect.1', effect_name: 'Grade' }], metadata: { show: 'x' } });
    const { document, diagnostics, events } = read(text);
    expect(document.tracks).toMatchObject([
      { items: [{ kind: 'clip', reel: 'A001' }, { kind: 'gap', duration: { value: 12 } }] }, { name: 'S1', isEnabled: false }, { items: [{ name: 'bare' }] },
    ]);
    expect(events).toBe(2);
    expect(diagnostics.map(({ element, message }) => `${element}: ${message}`)).toEqual([
      expect.stringMatching(/^Title 2: is Title\.7.*read as a gap/), expect.stringMatching(/^S1: .*Subtitle.*not shown/), expect.stringContaining('effects on the whole timeline'),
    ]);
    const written = asObject(JSON.parse(writeOtioDocument(reread(text)).text));
    const stack = asObject(written?.['tracks']);
    expect([written?.['future'], stack?.['metadata'], stack?.['effects']]).toEqual([1, { show: 'x' }, [{ OTIO_SCHEMA: 'Effect.1', effect_name: 'Grade' }]]);
    const [first, subtitles, bare] = objectsIn(stack?.['children']);
    expect(objectsIn(first?.['children'])).toMatchObject([
      { studio: { frames: [1, 2] }, metadata: { otio: 'mine', stringout: 'theirs', cmx_3600: { reel: 'A001' } } }, { OTIO_SCHEMA: 'Title.7', text: 'Fin' },
    ]);
    expect([subtitles?.['kind'], bare?.['OTIO_SCHEMA']]).toEqual(['Subtitle', 'Clip.2']);
  });

  it('read the schemas of old versions', () => {
    const old = { OTIO_SCHEMA: 'Sequence.1', kind: 'Video', children: [
      { OTIO_SCHEMA: 'Clip.1', name: 'A', source_range: null, media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'a.mov', available_range: range(10, 5) } },
      { OTIO_SCHEMA: 'Filler.1', source_range: range(3, 12) }, { OTIO_SCHEMA: 'Clip.1', name: 'B', source_range: range(0, 1), media_reference: null },
    ] };
    expect(reread(timeline([old])).tracks).toMatchObject([{ type: 'video', items: [
      { range: null, media: { kind: 'file', url: 'a.mov', available: { start: 10, duration: 5 } } }, { kind: 'gap', duration: { value: 12 } }, { media: { kind: 'missing' } },
    ] }]);
  });

  it.each<[string, object, object]>([
    ['the active one of several', { media_references: { hi: { OTIO_SCHEMA: 'MissingReference.1', name: 'hi' }, lo: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'lo.mp4' } }, active_media_reference_key: 'lo' }, { kind: 'file', url: 'lo.mp4' }],
    ['an active one that does not exist', { media_references: { hi: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'hi' } } }, { kind: 'missing' }],
    ['a missing one', { media_reference: { OTIO_SCHEMA: 'MissingReference.1', name: 'gone', available_range: range(5, 10) } }, { kind: 'missing', name: 'gone', available: { start: 5 } }],
    ['bars', { media_reference: { OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'SMPTEBars', parameters: {} } }, { kind: 'generator', generator: 'bars', metadata: {} }],
    ['a slug', { media_reference: { OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'Slug' } }, { kind: 'generator', generator: 'black' }],
    ['a generator of others', { media_reference: { OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'toucan:Fill', parameters: { size: [2, 2] } } }, { kind: 'generator', generator: 'other' }],
    ['an image sequence', { media_reference: {
      OTIO_SCHEMA: 'ImageSequenceReference.1', target_url_base: 'file:///p', name_prefix: 'a.', name_suffix: '.exr', start_frame: 997, frame_step: 2, rate: 23.98, frame_zero_padding: 4, missing_frame_policy: 'hold',
    } }, { kind: 'sequence', folder: 'file:///p', prefix: 'a.', suffix: '.exr', padding: 4, first: 997, step: 2, rate: { num: 24000, den: 1001 }, missing: 'hold' }],
    ['a kind of others', { media_reference: { OTIO_SCHEMA: 'CloudReference.1', bucket: 'x' } }, { kind: 'missing', metadata: { otio: { schema: 'CloudReference.1', fields: { bucket: 'x' } } } }],
  ])('read and write media: %s', (_, more, media) => {
    expect(item(timeline([track(clip(more))]))).toMatchObject({ media });
  });

  it('read times as they are: past the media, fractions, rates in decimals, two rates in one range, none', () => {
    const ranged = (source: unknown) => item(timeline([track(clip({ source_range: source, media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'a', available_range: range(0, 10) } }))]));
    expect(ranged(range(90, 500))).toMatchObject({ range: { start: 90, duration: 500 } });
    expect(ranged(range(1.4, 71.94, 23.98))).toMatchObject({ range: { start: 140, duration: 7194, rate: { num: 2_400_000, den: 1001 } } });
    expect(ranged({ start_time: time(2, 24), duration: time(50, 25) })).toMatchObject({ range: { start: 50, duration: 1200, rate: { num: 600, den: 1 } } });
    expect(ranged(range(1, 1001, 720_000))).toMatchObject({ range: { rate: { num: 720_000 } } });
    expect(ranged({ start_time: time(0), duration: null })).toMatchObject({ range: null, metadata: { otio: { fields: { source_range: { duration: null } } } } });
  });

  it('take the rate that most pictures have, and a start at another rate or none', () => {
    const shots = track(clip({ source_range: range(0, 1, 29.97) }), clip({ source_range: range(0, 2.5, 29.97) }), clip());
    expect(reread(timeline([shots], { global_start_time: time(90_000, 25) }))).toMatchObject({ rate: { num: 30_000, den: 1001 }, start: { frame: 90_000, rate: { num: 25 } } });
    expect(reread(timeline([shots], { global_start_time: null })).start).toBeNull();
    expect(reread(timeline([shots], { global_start_time: time(10.01, 1) })).start).toEqual({ frame: 300, rate: { num: 30_000, den: 1001 }, dropFrame: false });
    const inSeconds = timeline([track(clip({ source_range: range(0, 2, 1) }))], { global_start_time: time(3600, 1) });
    expect(reread(inSeconds)).toMatchObject({ rate: null, start: { frame: 86_400, rate: { num: 24 } } });
    expect(readOtioDocument(inSeconds, { path: '', sourceRate: { num: 25, den: 1 } }).document.rate).toEqual({ num: 25, den: 1 });
  });

  it('nest, disable, and leave out what has no length', () => {
    const nested = { OTIO_SCHEMA: 'Stack.1', name: 'scene', enabled: false, source_range: range(2, 5), children: [track(clip({ enabled: false })), clip({}, 'C')] };
    const { document, events, diagnostics } = read(timeline([track(nested, track(clip()), clip({ source_range: range(0, 0) }, 'Z'), clip({ source_range: range(0, -3) }, 'N'))]));
    expect(document.tracks[0]?.items).toMatchObject([
      { kind: 'stack', isEnabled: false, range: { start: 2 }, tracks: [{ kind: 'track', items: [{ isEnabled: false }] }, { kind: 'clip' }] }, { kind: 'track' },
    ]);
    expect([events, diagnostics.map(({ element }) => element)]).toEqual([3, ['Z', 'N']]);
  });

  it('read a stack that shows a part as tracks that show it', () => {
    const text = timeline([{ ...track(clip()), source_range: range(4, 10) }, track(clip())], {}, { source_range: range(2, 100) });
    expect(reread(text).tracks).toMatchObject([{ range: { start: 6, duration: 8 } }, { range: { start: 2, duration: 100 } }]);
    expect(reread(timeline([track(clip())], {}, { source_range: range(0, 24) })).tracks).toMatchObject([{ range: null }]);
    // Time before the clips is empty, but a part that holds none of them is on another clock.
    expect(reread(timeline([{ ...track(clip()), source_range: range(-7, 16) }])).tracks).toMatchObject([{ range: { start: -7, duration: 16 } }]);
    const elsewhere = timeline([{ ...track(clip()), source_range: range(-86_243, 24) }]);
    expect(reread(elsewhere).tracks).toMatchObject([{ range: { start: 0, duration: 24 } }]);
    expect(writeOtioDocument(reread(elsewhere)).text).toContain('"value": -86243');
  });

  it('read and write speed, colour, and effects that are not understood', () => {
    const effects = [
      { OTIO_SCHEMA: 'LinearTimeWarp.1', name: 'slow', effect_name: 'LinearTimeWarp', time_scalar: -0.3333333333333333 }, { OTIO_SCHEMA: 'FreezeFrame.1', effect_name: 'FreezeFrame' },
      { OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: null }, { OTIO_SCHEMA: 'TimeEffect.1', effect_name: 'Ramp', keys: [1] }, { OTIO_SCHEMA: 'Effect.1', effect_name: 'toucan:Flip', name: 'flip' },
    ];
    expect(item(timeline([track(clip({ effects, metadata: { cdl: { asc_sat: 0.9, asc_sop: { slope: [1, 1, 1], offset: [0, 0, 0.1], power: [1, 1, 1] } } } }))]))).toMatchObject({ effects: [
      { kind: 'speed', num: -1, den: 3, name: 'slow' }, { kind: 'speed', num: 0 }, { kind: 'other' }, { kind: 'other', name: 'Ramp' }, { kind: 'other', name: 'toucan:Flip' },
      { kind: 'cdl', offset: [0, 0, 0.1], saturation: 0.9 },
    ] });
  });

  it('read transitions at edges, without offsets, of other programs, and markers of two versions', () => {
    const transition = (more: object) => ({ OTIO_SCHEMA: 'Transition.1', name: 'T', in_offset: time(5), out_offset: time(7), ...more });
    const markers = [{ OTIO_SCHEMA: 'Marker.2', name: 'm', color: 'RED', comment: 'late', marked_range: range(3, 1) }, { OTIO_SCHEMA: 'Marker.3', color: { OTIO_SCHEMA: 'Color.1', name: 'PINK', r: 1 }, marked_range: null }];
    const text = timeline([{ ...track(transition({ transition_type: 'SMPTE_Dissolve' }), clip({ markers }), transition({ transition_type: 'toucan:Push', in_offset: null, out_offset: null })), markers }], {}, { markers });
    const { tracks: [first], markers: whole } = reread(text);
    const told = [{ name: 'm', color: 'red', comment: 'late', range: { start: 3 } }, { color: 'pink', range: { start: 0, duration: 0 } }];
    expect(first).toMatchObject({ markers: told, items: [
      { type: { kind: 'dissolve' }, before: { value: 5 }, after: { value: 7 } }, { markers: told }, { type: { kind: 'other' }, name: 'T', before: { value: 0 } },
    ] });
    expect(whole).toMatchObject(told);
    expect(writeOtioDocument(reread(text)).text).toMatch(/Marker\.3[^]*"name": "PINK"[^]*"toucan:Push"/);
  });

  it('carry what other formats tell', () => {
    const bare = { effects: [], markers: [], metadata: {}, isEnabled: true } as const;
    const rate = { num: 30_000, den: 1001 };
    const document: TimelineDocument = {
      name: '', rate, start: { frame: 107_892, rate, dropFrame: true }, markers: [], metadata: { cmx_3600: { fcm: 'DROP FRAME' } }, tracks: [{
        ...bare, kind: 'track', type: 'audio', name: 'A1', range: null, items: [
          { kind: 'gap', name: '', duration: { value: 3, rate: { num: 24, den: 1 } }, ...bare },
          { kind: 'transition', name: '', type: { kind: 'wipe', number: 17 }, before: { value: 0, rate }, after: { value: 12, rate }, metadata: {} },
          {
            ...bare, kind: 'clip', name: 'x', range: { start: 1, duration: 2, rate }, media: { kind: 'missing', name: '', available: null, metadata: {} },
            reel: 'R', scene: '12A', take: null, note: '*', gain: -3.5, line: null, metadata: { reel: 'other' },
            effects: [{ kind: 'cdl', slope: [1, 1, 1], offset: [0, 0, 0], power: [1, 1, 1], saturation: 1, metadata: {} }, { kind: 'other', name: 'Blur', metadata: { fcp7: { id: 1 } } }, { kind: 'speed', num: 0, den: 1, name: '', metadata: {} }, { kind: 'speed', num: 31_406_375_001, den: 21_511_250_000, name: '', metadata: {} }],
          },
        ],
      }],
    };
    expect(read(writeOtioDocument(document).text).document).toEqual(document);
  });

  it('survive whatever stands in a field, and give it back or say that it is left out', () => {
    const marker = { OTIO_SCHEMA: 'Marker.2', name: 'm', color: 'RED', comment: 'c', marked_range: range(3, 1), metadata: {} };
    const sequence = { OTIO_SCHEMA: 'ImageSequenceReference.1', target_url_base: 'p', name_prefix: 'a.', name_suffix: '.exr', start_frame: 9, frame_step: 2, rate: 24, frame_zero_padding: 4, missing_frame_policy: 'hold', available_range: range(0, 9) };
    const effects = [{ OTIO_SCHEMA: 'LinearTimeWarp.1', name: 'e', effect_name: 'x', time_scalar: 2 }, { OTIO_SCHEMA: 'Effect.1', effect_name: 'Blur', name: 'b' }];
    const whole: unknown = JSON.parse(timeline([{ ...track(
      { OTIO_SCHEMA: 'Transition.1', name: 't', transition_type: 'SMPTE_Dissolve', in_offset: time(1), out_offset: time(2) }, clip({ enabled: false, effects, markers: [marker], media_references: { A: sequence }, active_media_reference_key: 'A' }),
      clip({ media_reference: { OTIO_SCHEMA: 'GeneratorReference.1', generator_kind: 'SMPTEBars', parameters: {} } }), { OTIO_SCHEMA: 'Gap.1', source_range: range(1, 4) },
      { OTIO_SCHEMA: 'Stack.1', source_range: range(0, 2), children: [track(clip({ media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: 'x' } }))] },
    ), source_range: range(0, 30) }], { global_start_time: time(7), metadata: { a: 1 } }, { source_range: range(0, 99), markers: [marker] }));
    const odd: readonly unknown[] = [null, -5, 1.5, 1e300, 'x', true, [], [1], {}, { OTIO_SCHEMA: 'Foo.1' }, { $number: 'NaN' }, [{ OTIO_SCHEMA: 'Stack.1', children: [{}] }]];
    for (const path of pathsOf(whole)) {
      for (const value of odd) {
        try {
          reread(JSON.stringify(replaced(whole, path, value)));
        } catch (error) {
          // Only what names the file's own kind may make it none.
          expect([path, value, flattenError(error).code]).toEqual([['OTIO_SCHEMA'], value, expect.stringMatching(/^(?:input\.unsupported|list\.invalid)$/)]);
        }
      }
    }
  });

  it.each([
    ['a clip', JSON.stringify(clip()), 'input.unsupported', /only a part of a timeline \(Clip\.2\): export the timeline/],
    ['a collection', '{"OTIO_SCHEMA":"SerializableCollection.1"}', 'input.unsupported', /each of its timelines/],
    ['a setting', '{"OTIO_SCHEMA":"PluginManifest.1"}', 'input.unsupported', /setting/],
    ['other JSON', '{"a":1}', 'list.invalid', /no OTIO_SCHEMA/],
    ['half of it', timeline([]).slice(0, -3), 'list.invalid', /not readable as JSON/],
    ['an abyss', `{"OTIO_SCHEMA":"Timeline.1","metadata":${'{"a":'.repeat(500)}1${'}'.repeat(501)}`, 'list.invalid', /nested more than/],
  ])('refuse %s', (_, text, code, message) => {
    const failure = ((): unknown => {
      try {
        return read(text);
      } catch (error) {
        return flattenError(error);
      }
    })() as JsonObject;
    expect(failure).toMatchObject({ code, place: { file: '/edit/cut.otio' } });
    expect(failure['message']).toMatch(message);
  });
});

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((path) => [key, ...path])]);
}

function replaced(value: unknown, [key = '', ...rest]: readonly string[], by: unknown): unknown {
  const inner = (old: unknown): unknown => (rest.length === 0 ? by : replaced(old, rest, by));
  return Array.isArray(value) ? value.map((old: unknown, index) => (String(index) === key ? inner(old) : old)) : { ...asObject(value), [key]: inner(asObject(value)?.[key]) };
}
