import { describe, expect, it } from 'vitest';
import { parsePosition } from '../parse-position.ts';
import { rational } from '../rational.ts';
import type { Source } from '../source.ts';
import { countLabelAt, formatTimecode } from '../timecode.ts';
import type { Clip, ClipRange, SequenceNumbers } from '../timeline.ts';
import { mapFrames } from './frame-map.ts';
import { matchProfile } from './match-profile.ts';
import { lengthWithoutMedia, resolveRange } from './resolve-clip.ts';
import { rangeStart } from './source-range.ts';
import { gopSamples, picture, source } from './testing/synthetic-source.ts';
import { withHandles } from './with-handles.ts';

const [at24, at25, at50] = [rational(24), rational(25), rational(50)];

function movie(rate: typeof at24, frames: number, label: Source['timecode'] = null): Source {
  return { ...source('shot.mov', { ...picture(gopSamples(frames, 24, 0)), rate }, null), timecode: label };
}

function clip(range: ClipRange | null): Clip {
  return { kind: 'clip', name: 'A', media: '/a.mov', range, line: null, reel: null, scene: null, take: null, note: null };
}

const media = (from: number, frames: number, rate = at25, origin = 0, numbers?: SequenceNumbers): Clip => clip({
  in: { unit: 'media', value: from, rate, origin }, out: { unit: 'media', value: from + frames, rate, origin }, ...(numbers ? { numbers } : {}),
});
const listed = (from: string, to: string): Clip => clip({ in: parsePosition(from) ?? { unit: 'frames', value: 0 }, out: parsePosition(to) });
const resolve = (of: Clip, from: Source, rate = at25) => resolveRange(of, from, rate, 50);

function shown(of: Clip, from: Source, rate = at25): number[] {
  if (!from.picture) throw new Error('has no picture');
  return [...mapFrames(from.picture, resolve(of, from, rate), rate).ranks];
}

describe('ranges at another rate than the file\'s', () => {
  const file = movie(at24, 400);

  it('lose no frame of the timeline, and begin where the list says', () => {
    const clips = Array.from({ length: 35 }, (_, i) => media(i * 10, 10));
    const frames = clips.flatMap((each) => shown(each, file));
    expect(frames).toHaveLength(350);
    for (const [i, frame] of frames.entries()) expect(Math.abs(frame - (i * 24) / 25)).toBeLessThanOrEqual(1);
    expect(rangeStart(resolve(media(10, 10), file))).toEqual({ ticks: 240, rate: rational(600) });
  });

  it('keep their length with handles', () => {
    const widened = withHandles(resolve(media(50, 10), file), file, 24, at25);
    expect(widened).toMatchObject({ in: 24, out: 82, exact: { in: 600, frames: 60 } });
  });

  it('stay plain copies at the file\'s rate, even between its frames', () => {
    const whole = resolve(media(10, 7, at24), file, at24);
    expect(whole).toEqual({ in: 10, out: 17, rate: at24 });
    expect(shown(media(104, 96, rational(240)), file, at24)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('show a picture however short, and end with the file', () => {
    expect(shown(media(799, 1, at50), file, at50)).toEqual([384]);
    expect(() => resolve(media(400, 20), file)).toThrow('ends past');
    expect(() => resolve(media(40, 0), file)).toThrow('holds no frame');
    expect(() => resolve(media(40, -5), file)).toThrow('backward');
  });
});

describe('labels', () => {
  const doubled = movie(at50, 200, { frame: 50, rate: at25, dropFrame: false });
  const evening = movie(at25, 500, { frame: (24 * 3600 - 10) * 25, rate: at25, dropFrame: false });

  it('are counted at the label\'s own rate', () => {
    expect(resolve(listed('00:00:03:00', '00:00:04:00'), doubled, at50)).toMatchObject({ in: 50, out: 100 });
    const hour = movie(at50, 200, { frame: 90_000, rate: at25, dropFrame: false });
    expect(resolve(media(90_025, 25), hour, at50)).toMatchObject({ in: 50, out: 100 });
  });

  it('go on past midnight', () => {
    expect(resolve(listed('23:59:59:00', '00:00:01:00'), evening)).toMatchObject({ in: 225, out: 275 });
    expect(resolve(media(25 * 5, 25, at25, 25 * (24 * 3600 - 10)), evening)).toMatchObject({ in: 375, out: 400 });
    expect(() => resolve(media(25 * 5, 25, at25, 25 * 10), evening)).toThrow('before the file does');
  });

  it('are meant by both ends of a range, or by none', () => {
    const early = movie(at25, 400, { frame: 250, rate: at25, dropFrame: false });
    expect(resolve(listed('00:00:05:00', '00:00:12:00'), early)).toMatchObject({ in: 125, out: 300 });
    // 300..500 ends past the file as an offset; as labels it is 50..250
    expect(resolve(media(300, 200), early)).toMatchObject({ in: 50, out: 250 });
    expect(() => resolve(media(100, 400), early)).toThrow('ends past');
  });

  it('stay as they are at another rate', () => {
    const start = (frame: number, rate: typeof at24, to: typeof at24) => formatTimecode(countLabelAt({ frame, rate, dropFrame: false }, to).frame, to);
    expect(start(90_000, at25, at24)).toBe('01:00:00:00');
    expect(start(90_024, at25, at50)).toBe('01:00:00:48');
    expect(start(3600, rational(1), at24)).toBe('01:00:00:00');
    const { profile } = matchProfile({
      name: 'match', flavour: null, container: 'mp4', size: null, rate: at24, preset: null, crf: null, sound: 'none', startLabel: null,
      start: { frame: 90_000, rate: at25, dropFrame: false },
    }, [doubled], at25);
    expect(profile.start).toEqual({ frame: 86_400, dropFrame: false });
  });
});

describe('image sequences', () => {
  const sequence: Source = {
    ...movie(at25, 25), path: '/plates/a.%04d.png', files: Array.from({ length: 25 }, (_, i) => `/plates/a.${String(i + 1).padStart(4, '0')}.png`),
  };

  it('begin at the number that the list tells, at the rate that it tells', () => {
    expect(shown(media(11, 3, at25, 11, { first: 11, step: 1, rate: at25 }), sequence)).toEqual([10, 11, 12]);
    expect(shown(media(0, 4, at24, 0, { first: 11, step: 1, rate: at24 }), sequence, at24)).toEqual([10, 11, 12, 13]);
    expect(() => resolve(media(0, 3, at25, 0, { first: 30, step: 1, rate: at25 }), sequence)).toThrow('ends past');
  });

  it('hold each file for its step', () => {
    expect(shown(media(0, 6, at25, 0, { first: 20, step: 2, rate: at25 }), sequence)).toEqual([19, 19, 21, 21, 23, 23]);
  });
});

it('knows the length of a clip without its media from any two ends that tell it', () => {
  expect(lengthWithoutMedia(listed('', '2s'), at25)).toBe(50);
  expect(lengthWithoutMedia(listed('1s', '2s'), at25)).toBe(25);
  expect(lengthWithoutMedia(listed('10', '2s'), at25)).toBeNull();
  expect(lengthWithoutMedia(listed('', '01:00:00:00'), at25)).toBeNull();
  expect(lengthWithoutMedia(media(3, 10), at50)).toBe(20);
});
