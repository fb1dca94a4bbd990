import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../rational.ts';
import { matchProfile, type ProfileRequest } from './match-profile.ts';
import { makePlan } from './plan.ts';
import { actionFrames, type ResolvedClip } from './planned-clip.ts';
import { aacFrame, planSound } from './sound-plan.ts';
import { programmeSample } from './sound-position.ts';
import { aac, clipOf, gopSamples, hd, picture, source, wholeClip } from './testing/synthetic-source.ts';

const match: ProfileRequest = {
  name: 'match', flavour: null, container: 'mp4', size: null, rate: null, preset: null, crf: null, sound: 'exact', startLabel: null, start: null,
};
const none = (): boolean => false;

function plan(clips: readonly ResolvedClip[], request: ProfileRequest = match, isCached: (key: string) => boolean = none) {
  const { profile } = matchProfile(request, clips.flatMap((clip) => clip.source ?? []), null);
  return makePlan(profile, clips, isCached);
}

const shot = source('shot', picture(gopSamples(96, 24, 2)), aac(4));

describe('makePlan', () => {
  it('copies what is whole, encodes only the edges of what is trimmed, and says why', () => {
    const { clips } = plan([wholeClip(shot), clipOf(shot, 10, 80), clipOf(shot, 24, 72)]);
    expect(clips.map(({ step, framesToEncode }) => [step, framesToEncode])).toEqual([['copy', 0], ['smart', 14 + 1], ['copy', 0]]);
    expect(clips[1]?.reason).toContain('14 frames before the first key frame');
    expect(clips.map((clip) => clip.firstFrame)).toEqual([0, 96, 166]);
  });

  it('names the outlier and encodes it whole', () => {
    const small = source('small', picture(gopSamples(48, 24, 2), { ...hd, width: 1280, height: 720 }), aac(2));
    const { clips } = plan([wholeClip(shot), wholeClip(shot), wholeClip(small)]);
    expect(clips[2]).toMatchObject({ step: 'encode', framesToEncode: 48, reason: "resolution 1280x720 is not the profile's 1920x1080" });
  });

  it('calls a clip cached once all its segments are there, under keys that its place does not change', () => {
    const first = plan([wholeClip(shot), clipOf(shot, 10, 80)]);
    const keys = new Set(first.clips.flatMap((clip) => clip.actions.flatMap((action) => (action.kind === 'copy' ? [] : [action.key]))));
    const again = plan([clipOf(shot, 10, 80), wholeClip(shot)], match, (key) => keys.has(key));
    expect(again.clips[0]).toMatchObject({ step: 'cached', framesToEncode: 0 });
  });

  it('shows each frame once for any cuts', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(95), fc.nat(95)), { minLength: 1, maxLength: 20 }), (ranges) => {
      const clips = ranges.map(([a, b]) => clipOf(shot, Math.min(a, b), Math.max(a, b) + 1));
      const made = plan(clips);
      for (const clip of made.clips) expect(clip.actions.reduce((sum, action) => sum + actionFrames(action), 0)).toBe(clip.frames);
      expect(made.frames).toBe(ranges.reduce((sum, [a, b]) => sum + Math.abs(a - b) + 1, 0));
    }));
  });

  it('conforms clips beyond the parameter sets that one track can hold', () => {
    const many = Array.from({ length: 20 }, (_, i) => source(`camera ${i}`, { ...picture(gopSamples(48, 24, 2)), sets: { hash: `sets ${i}`, count: 1 } }, null));
    const made = plan([...many, ...many].map(wholeClip));
    expect(made.clips.filter((clip) => clip.step === 'copy')).toHaveLength(34);
    expect(made.warnings.join()).toContain('3 of 20 encoder set-ups do not fit');
  });

  it('leaves room for the sets of every quantiser that edges use, and for what is encoded whole', () => {
    const many = Array.from({ length: 18 }, (_, i) => {
      const samples = { ...gopSamples(48, 24, 2), size: new Uint32Array(48).fill([5000, 100_000, 300_000][i % 3] ?? 0) };
      return source(`camera ${i}`, { ...picture(samples), sets: { hash: `sets ${i}`, count: 1 } }, null);
    });
    const made = plan([...many.map(wholeClip), ...many.slice(0, 3).map((of) => clipOf(of, 10, 48))]);
    const copied = new Set(made.clips.flatMap(({ source: of, actions }) => (actions.some(({ kind }) => kind === 'copy') ? [of] : [])));
    expect(copied.size).toBe(18 - 4);
  });

  it('copies MPEG-4 under one configuration or not at all', () => {
    const mpeg4 = (name: string, vol: number) => source(name, { ...picture(gopSamples(48, 12, 0), { ...hd, codec: 'mpeg4', tag: 'mp4v' }), sets: null, config: Uint8Array.of(0, 0, 1, vol) }, null);
    const [a, b, c] = [mpeg4('a', 1), mpeg4('b', 1), mpeg4('c', 2)];
    const steps = (...clips: ResolvedClip[]) => plan(clips).clips.map(({ step }) => step).join();
    expect(steps(wholeClip(a), wholeClip(b))).toBe('copy,copy');
    expect(steps(wholeClip(a), wholeClip(b), wholeClip(c))).toBe('encode,encode,encode');
    expect(steps(wholeClip(a), clipOf(b, 5, 40))).toBe('encode,encode');
    expect(plan([wholeClip(a), wholeClip(c)]).warnings.join()).toContain('everything is encoded');
  });

  it('cuts black and long encodes into pieces that are made once', () => {
    const gap: ResolvedClip = { name: 'gap', clip: null, source: null, range: null, frames: 1000, window: null, failure: null };
    const made = plan([wholeClip(shot), gap]);
    expect(new Set(made.clips[1]?.actions.map((action) => (action.kind === 'black' ? action.key : ''))).size).toBe(2);
  });
});

describe('planSound', () => {
  it('keeps packets within half a packet of their picture, whatever the number of clips', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(80), fc.integer({ min: 1, max: 15 })), { minLength: 1, maxLength: 60 }), fc.constantFrom(rational(24), rational(24000, 1001), rational(25)), (ranges, rate) => {
      const clips = ranges.map(([from, length]) => clipOf(shot, from, from + length));
      const made = plan(clips, { ...match, sound: 'packets', rate });
      const sound = planSound(made);
      expect(sound?.maxOffsetSamples).toBeLessThanOrEqual(aacFrame / 2);
      const packets = sound?.actions.reduce((sum, action) => sum + (action.kind === 'render' ? action.to - action.from : action.length), 0);
      expect(packets).toBe(Math.ceil((programmeSample(made.frames, made.profile.rate, 48_000) + 1024) / aacFrame));
    }));
  });

  it('copies only packets of plain AAC: of 1024 samples, under the configuration of the others', () => {
    const kinds = (sound: ReturnType<typeof aac>) => {
      const made = plan([wholeClip(shot), wholeClip(source('other', shot.picture, sound))], { ...match, sound: 'packets' });
      return planSound(made)?.actions.map(({ kind }) => kind).join();
    };
    const plainSound = aac(4);
    expect(kinds(plainSound)).toBe('copy,copy');
    expect(kinds({ ...plainSound, packets: { ...plainSound.packets, position: plainSound.packets.position.map((at) => 2 * at) } })).toBe('copy,render');
    expect(kinds({ ...plainSound, config: Uint8Array.of(0x13, 0x10, 0x56, 0xe5, 0x98) })).toBe('copy,render');
  });

  it('makes exactly the programme of PCM, without adding up roundings', () => {
    const clips = Array.from({ length: 500 }, () => clipOf(shot, 3, 20));
    const made = plan(clips, { ...match, container: 'mov', rate: rational(24000, 1001) });
    const sound = planSound(made);
    const samples = sound?.actions.reduce((sum, action) => sum + (action.kind === 'render' ? action.to - action.from : action.length), 0);
    expect(samples).toBe(sound?.length);
    expect(sound?.length).toBe(Math.round((made.frames * 48_000 * 1001) / 24_000));
  });
});
