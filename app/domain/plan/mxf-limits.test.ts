import { expect, it } from 'vitest';
import { rational } from '../rational.ts';
import { matchProfile, type ProfileRequest } from './match-profile.ts';
import { makePlan } from './plan.ts';
import { aac, gopSamples, picture, source, wholeClip } from './testing/synthetic-source.ts';

const mxf: ProfileRequest = {
  name: 'match', flavour: null, container: 'mxf', size: null, rate: null, preset: null, crf: null, sound: 'exact', startLabel: null, start: null,
};
const inOrder = source('in order', picture(gopSamples(48, 24, 0)), { ...aac(2), format: { ...aac(2).format, sampleRate: 44_100 } });
const reordered = source('reordered', picture(gopSamples(48, 24, 2)), aac(2));

it('H.264 goes into .mxf only where its pictures are stored as they are shown', () => {
  const ordered = matchProfile(mxf, [inOrder, inOrder, reordered], null);
  expect([ordered.profile.picture.codec, ordered.profile.encoder.options['bf'], ordered.warnings]).toEqual(['h264', '0', []]);
  const { clips } = makePlan(ordered.profile, [wholeClip(inOrder), wholeClip(reordered)], () => false);
  expect(clips.map(({ step }) => step)).toEqual(['copy', 'encode']);
  expect(clips[1]?.reason).toContain('out of order');
  const other = matchProfile(mxf, [reordered], null);
  expect([other.profile.picture.codec, other.warnings]).toEqual(['dnxhd', [expect.stringContaining('stored out of order')]]);
});

it('sound is 48 kHz of 16 or 24 bits', () => {
  expect(matchProfile(mxf, [inOrder], null).profile.sound?.format).toMatchObject({ codec: 'pcm_s24le', sampleRate: 48_000, bits: 24 });
  const float = { ...aac(2), format: { ...aac(2).format, codec: 'pcm_f32le', bits: 32 } };
  expect(matchProfile(mxf, [{ ...inOrder, sound: float }], null).profile.sound?.format).toMatchObject({ codec: 'pcm_s24le', bits: 24 });
});

it('rates and profiles that do not fit are told before any work', () => {
  expect(() => matchProfile({ ...mxf, rate: rational(12) }, [inOrder], null)).toThrow(expect.objectContaining({ code: 'plan.impossible' }));
  expect(() => matchProfile({ ...mxf, name: 'hevc' }, [inOrder], null)).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(() => matchProfile({ ...mxf, name: 'prores', container: 'mp4' }, [inOrder], null)).toThrow(expect.objectContaining({ code: 'usage' }));
});
