import { expect, test } from 'vitest';
import { usualExport } from '../../app/contract/editor/export-settings.ts';
import { withContainer, withProfile } from './export-choices.ts';

test('a profile takes with it only what goes with it', () => {
  expect(withProfile({ ...usualExport, profile: 'h264', container: 'mp4', crf: 18 }, 'prores')).toMatchObject({ profile: 'prores', container: 'mov', crf: null });
  expect(withProfile({ ...usualExport, profile: 'prores', flavour: 'lt', container: 'mxf' }, 'hevc')).toMatchObject({ flavour: null, container: 'mp4' });
  expect(withProfile({ ...usualExport, container: 'mkv' }, 'h264')).toMatchObject({ container: 'mkv' });
});

test('another container changes only the ending', () => {
  expect([withContainer('/a/film.v2.mov', 'mp4'), withContainer('/a/film.v2', 'mkv')]).toEqual(['/a/film.v2.mp4', '/a/film.v2.mkv']);
});
