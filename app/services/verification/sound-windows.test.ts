import { expect, it } from 'vitest';
import { matchProfile } from '../../domain/plan/match-profile.ts';
import { makePlan } from '../../domain/plan/plan.ts';
import { planSound } from '../../domain/plan/sound-plan.ts';
import { aac, clipOf, gopSamples, picture, source } from '../../domain/plan/testing/synthetic-source.ts';
import { soundWindows } from './sound-windows.ts';

it('looks at summed tracks on both sides of whatever begins or ends, with all that is heard there', () => {
  const shot = source('shot', picture(gopSamples(96, 24, 2)), aac(4));
  const { profile } = matchProfile({
    name: 'match', flavour: null, container: 'mov', size: null, rate: null, preset: null, crf: null, sound: 'exact', startLabel: null, start: null,
  }, [shot], null);
  const plan = makePlan(profile, [clipOf(shot, 0, 48), clipOf(shot, 48, 96)], () => false);
  const span = { clip: 'wild', source: shot, sound: aac(4), from: 1024 };
  const sound = planSound(plan, [{ ...span, at: 0, length: 120_000, gain: 0 }, { ...span, at: 60_000, length: 20_000, gain: -6 }]);
  const found = sound ? soundWindows(plan, sound, false) : [];
  const heard = found.map(({ clip, at, length, isFirst, isLast, request }) => [clip.index, at, at + length, request().parts.length, isFirst, isLast]);
  expect(heard).toEqual([
    [0, 0, 4096, 1, true, false], [0, 55_904, 60_000, 1, false, false], [0, 60_000, 64_096, 2, false, false], [0, 75_904, 80_000, 2, false, false],
    [0, 80_000, 84_096, 1, false, false], [0, 91_904, 96_000, 1, false, true], [1, 96_000, 100_096, 1, true, false], [1, 115_904, 120_000, 1, false, false],
    [1, 120_000, 124_096, 0, false, false], [1, 187_904, 192_000, 0, false, true],
  ]);
  expect(found.map(({ request }) => request().parts.at(-1)?.gain ?? 0)).toEqual([0, 0, -6, -6, 0, 0, 0, 0, 0, 0]);
});
