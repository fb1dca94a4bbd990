import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../rational.ts';
import { diffCuts, type Cut } from './diff-cuts.ts';
import type { CutClip } from './model.ts';

const rate = rational(24);
type Shot = { readonly file: string; readonly from: number; readonly length: number; readonly gap?: number; readonly reel?: string; readonly name?: string; readonly isEnabled?: boolean; readonly speed?: number };

/** One after another, `gap` before each. */
function cut(...shots: readonly Shot[]): Cut {
  let at = 0;
  return {
    rate,
    clips: shots.map(({ file, from, length, gap = 0, reel = null, name = '', isEnabled = true, speed = 1 }, index): CutClip => {
      const start = at + gap;
      at = start + length;
      return {
        index, name, kind: 'picture', track: 0, start, length, isEnabled, address: file, fileNames: [], reel, range: { start: from, duration: length * Math.abs(speed), rate },
        available: null, speed: { num: speed, den: 1 }, content: '',
      };
    }),
  };
}
const told = (old: Cut, now: Cut, handles: number | null = null) => diffCuts(old, now, handles).map(({ state, before, after }) => `${(after ?? before)?.address ?? ''} ${state}`);

const shots = fc.array(fc.record({ file: fc.constantFrom('a.mov', 'b.mov', 'c.mov', 'd.mov'), from: fc.integer({ min: 0, max: 500 }), length: fc.integer({ min: 1, max: 60 }), gap: fc.constantFrom<number>(0, 0, 0, 12) }), { minLength: 1, maxLength: 12 });
/** Each of a file of its own. */
const ownShots = shots.map((all) => all.map((shot, index) => ({ ...shot, from: shot.from + 100, file: `${index}.mov` })));
const changed = (old: readonly Shot[], now: readonly Shot[]) => diffCuts(cut(...old), cut(...now)).filter(({ state }) => state !== 'unchanged');

describe('diffCuts', () => {
  it('finds nothing between a cut and itself', () => {
    fc.assert(fc.property(shots, (all) => {
      expect(diffCuts(cut(...all), cut(...all)).every(({ state, shift, head, tail }) => state === 'unchanged' && shift === 0 && head === 0 && tail === 0)).toBe(true);
    }));
  });

  it('tells one edit as what it is, and nothing else, though all that follows is pushed along', () => {
    const edit = fc.record({ shots: ownShots, at: fc.nat(), frames: fc.integer({ min: 1, max: 40 }) });
    fc.assert(fc.property(edit, ({ shots: all, at, frames }) => {
      const index = at % all.length;
      const [shot] = all.slice(index, index + 1);
      if (!shot) return;
      const file = shot.file;
      const states = (now: readonly Shot[]) => changed(all, now).map(({ state, after, before }) => `${(after ?? before)?.address ?? ''} ${state}`);
      expect(states(all.toSpliced(index, 0, { file: 'new.mov', from: 0, length: frames, gap: 0 }))).toEqual(['new.mov new']);
      expect(states(all.with(index, { ...shot, length: shot.length + frames }))).toEqual([`${file} extended`]);
      expect(states(all.with(index, { ...shot, from: shot.from - frames, length: shot.length + frames }))).toEqual([`${file} extended`]);
      if (shot.length > frames) expect(states(all.with(index, { ...shot, length: shot.length - frames }))).toEqual([`${file} trimmed`]);
      expect(states(all.with(index, { ...shot, file: 'other.mov' })).toSorted()).toEqual([`${file} omitted`, 'other.mov new'].toSorted());
      expect(states(all.with(index, { ...shot, gap: shot.gap + frames }))).toEqual([`${file} moved`]);
      // What stood behind closes up with its own gap.
      expect(states(all.toSpliced(index, 1))).toEqual([`${file} omitted`]);
      if (all.length > 2 && all.every(({ gap }) => gap === 0)) expect(states([...all.toSpliced(index, 1), shot])).toEqual(index === all.length - 1 ? [] : index === all.length - 2 ? [expect.stringContaining('moved')] : [`${file} moved`]);
    }));
  });

  it('knows rescans, slips, disabled clips and what has no name', () => {
    const base = { file: 'sh010_v001.mov', from: 100, length: 20 };
    expect(told(cut(base), cut({ ...base, file: 'sh010_v002.mov' }))).toEqual(['sh010_v002.mov rescan']);
    expect(told(cut(base), cut({ ...base, from: 110 }))).toEqual(['sh010_v001.mov extended']);
    expect(diffCuts(cut(base), cut({ ...base, from: 110 }))[0]).toMatchObject({ head: -10, tail: 10, reason: 'slipped: head -10, tail +10' });
    expect(told(cut(base), cut({ ...base, length: 26 }), 6)).toEqual(['sh010_v001.mov extended']);
    expect(told(cut(base), cut({ ...base, length: 27 }), 6)).toEqual(['sh010_v001.mov rescan']);
    const held = { rate, clips: cut(base).clips.map((clip) => ({ ...clip, available: { start: 96, duration: 30, rate } })) };
    expect([told(held, cut({ ...base, from: 96, length: 30 })), told(held, cut({ ...base, from: 95, length: 25 }))]).toEqual([['sh010_v001.mov extended'], ['sh010_v001.mov rescan']]);
    expect(told(cut(base), cut({ ...base, from: 400 }))).toEqual(['sh010_v001.mov rescan']);
    expect(told(cut({ ...base, isEnabled: false }), cut(base))).toEqual(['sh010_v001.mov reinstated']);
    expect(told(cut(base), cut({ ...base, isEnabled: false }))).toEqual(['sh010_v001.mov omitted']);
    expect(told(cut(base), cut({ ...base, speed: -1 }))).toEqual(['sh010_v001.mov rescan']);
    expect(told(cut(base), cut(base, { file: '', from: 0, length: 5 }))).toEqual(['sh010_v001.mov unchanged', ' noLink']);
  });

  it('meets reels with files, and labels at 23.976 with those at 24', () => {
    const list = cut({ file: '', reel: 'A001C003', name: 'A001C003', from: 86_400, length: 20 }, { file: '', reel: 'A002C001', from: 90_000, length: 20 });
    const files = cut({ file: 'file:///m/A001C003_150412_R1AB.mov', from: 86_400, length: 20 }, { file: '/m/A002C001_150412_R1AB.mxf', from: 90_000, length: 25 });
    const film = { rate: rational(24_000, 1001), clips: files.clips.map((clip) => ({ ...clip, range: clip.range && { ...clip.range, rate: rational(24_000, 1001) } })) };
    expect(diffCuts(list, film).map(({ state, head, tail }) => [state, head, tail])).toEqual([['unchanged', 0, 0], ['extended', 0, 5]]);
  });

  it('meets cuts that count from the timecode with cuts that count from the first frame', () => {
    const media = (at: number) => ({ available: { start: at, duration: 500, rate } });
    const [labelled, plain] = [cut({ file: 'a.mov', from: 86_410, length: 20 }), cut({ file: 'a.mov', from: 10, length: 25 })];
    const [before, after] = [{ rate, clips: labelled.clips.map((clip) => ({ ...clip, ...media(86_400) })) }, { rate, clips: plain.clips.map((clip) => ({ ...clip, ...media(0) })) }];
    expect(diffCuts(before, after)).toMatchObject([{ state: 'extended', head: 0, tail: 5 }]);
    expect(diffCuts(after, before)).toMatchObject([{ state: 'trimmed', head: 0, tail: -5 }]);
  });

  it('pairs each of a shot\'s many uses with the nearest, each once', () => {
    const use = (from: number): Shot => ({ file: 'a.mov', from, length: 20 });
    const changes = diffCuts(cut(use(0), use(100), use(0)), cut(use(0), use(104), use(300), use(0)));
    expect(changes.map(({ state, before, after }) => [state, before?.index ?? null, after?.index ?? null])).toEqual([['unchanged', 0, 0], ['extended', 1, 1], ['new', null, 2], ['unchanged', 2, 3]]);
  });
});
