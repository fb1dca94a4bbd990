import { describe, expect, it } from 'vitest';
import { matchProfile } from '../../domain/plan/match-profile.ts';
import { makePlan } from '../../domain/plan/plan.ts';
import { planSound } from '../../domain/plan/sound-plan.ts';
import { aac, gopSamples, picture, source, wholeClip } from '../../domain/plan/testing/synthetic-source.ts';
import { movieFromPlan } from './movie-from-plan.ts';

describe('movieFromPlan', () => {
  it('refers to a long rendered stretch of PCM in pieces whose sizes fit 32 bits', () => {
    const clip = wholeClip(source('shot', picture(gopSamples(96, 24, 2)), aac(4)));
    const request = { name: 'match', flavour: null, container: 'mov', size: null, rate: null, preset: null, crf: null, sound: 'exact', startLabel: null, start: null } as const;
    const { profile } = matchProfile(request, clip.source ? [clip.source] : [], null);
    const plan = makePlan(profile, [clip], () => false);
    const sound = planSound(plan);
    const size = Uint32Array.of(4_000_000_000, 4_000_000_000, 7);
    const keys = sound?.actions.flatMap((action) => (action.kind === 'render' ? [action.key] : [])) ?? [];
    const segment = { path: '/cache/sound', config: new Uint8Array(0), priming: 0, offset: 10, size, warnings: [] };
    const movie = movieFromPlan(plan, sound, { picture: new Map(), sound: new Map(keys.map((key) => [key, segment])), silence: null });
    expect(movie.sound?.runs).toMatchObject([{ size, offset: Float64Array.of(10, 4_000_000_010, 8_000_000_010) }]);
  });
});
