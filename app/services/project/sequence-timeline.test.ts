import { expect, it } from 'vitest';
import type { ProjectState, Shot, ShotMedia } from '../../domain/project/project.ts';
import { rational } from '../../domain/rational.ts';
import { textFormats } from '../../interchange/formats.ts';
import { sequenceDocument } from '../../interchange/sequence-document.ts';
import { diffTimelines } from '../interchange/diff-timelines.ts';

const picture = { codec: 'h264', width: 320, height: 180, pixelFormat: 'yuv420p' };
const media = (frames: number, rate: number, label: number | null): ShotMedia => ({
  fingerprint: `print ${rate}`, frames, rate: rational(rate), isStill: false, picture, sound: null, timecode: label === null ? null : { frame: label, dropFrame: false }, bytes: 1, created: null,
});
const shot = (id: number, name: string, of: ShotMedia): Shot => ({
  id, path: `/footage/${name} 1.mov`, name, status: 'ready', problem: null, media: of, scene: '3', take: null, reel: name.toUpperCase(), note: '', tags: [], rating: 0,
  isCircled: false, versionGroup: null, version: null, added: 0,
});
const clip = (id: number, trackId: number, shotId: number, start: number, length: number, sourceIn: number, isEnabled = true) => ({ id, trackId, shotId, start, length, sourceIn, isEnabled, gain: -1, link: null });
const byId = <Row extends { readonly id: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> => new Map(rows.map((row) => [row.id, row]));
const track = (id: number, kind: 'picture' | 'sound', position: number) => ({ id, kind, position, name: `${kind === 'picture' ? 'V' : 'A'}${position + 1}`, isEnabled: true, isLocked: false, gain: kind === 'sound' ? -2 : 0 }) as const;

const state: ProjectState = {
  sequence: { name: 'Reel 1', rate: rational(25), isRateSet: true, startFrame: 90_000, dropFrame: false, markIn: null, markOut: null },
  shots: byId([shot(1, 'a', media(200, 25, 1000)), shot(2, 'b', media(400, 50, 180_000)), shot(3, 'c', media(240, 24, 86_400))]),
  tracks: byId([track(1, 'picture', 0), track(2, 'picture', 1), track(3, 'sound', 0)]),
  clips: byId([clip(1, 1, 1, 0, 50, 10), clip(2, 1, 2, 75, 30, 7), clip(3, 1, 3, 105, 40, 50), clip(4, 2, 1, 80, 10, 100, false), clip(5, 3, 1, 0, 50, 10)]),
  markers: byId([{ id: 1, frame: 60, length: 5, name: 'here', note: 'look', colour: 'red' }]),
};

it('tells the sequence on the clocks of its media, each clip as long as it is on the timeline', () => {
  const { tracks, start, markers } = sequenceDocument(state);
  expect(start).toEqual({ frame: 90_000, rate: rational(25), dropFrame: false });
  expect(markers).toMatchObject([{ name: 'here', comment: 'look', color: 'red', range: { start: 60, duration: 5 } }]);
  expect(tracks.map(({ name, items }) => [name, items.length])).toEqual([['V1', 4], ['V2', 2], ['A1', 1]]);
  // At the media's own rate where it is a multiple; else at the sequence's, under the label that the media has.
  expect(tracks[0]?.items).toMatchObject([
    { kind: 'clip', reel: 'A', scene: '3', note: null, range: { start: 1010, duration: 50, rate: rational(25) }, media: { url: 'file:///footage/a%201.mov', available: { start: 1000, duration: 200 } } },
    { kind: 'gap', duration: { value: 25 } },
    { kind: 'clip', range: { start: 180_014, duration: 60, rate: rational(50) } },
    { kind: 'clip', range: { start: 90_050, duration: 40, rate: rational(25) }, media: { available: { start: 90_000, duration: 250 } } },
  ]);
  expect(tracks[1]?.items[1]).toMatchObject({ isEnabled: false });
  expect(tracks[2]?.items[0]).toMatchObject({ gain: -3 });
});

it.each(['otio', 'edl', 'fcp7', 'fcpxml'] as const)('is the same cut when it is read again from %s', async (format) => {
  const { read, write } = await textFormats[format].load();
  const document = sequenceDocument(state);
  const { document: again } = read(write(document).text, { path: `cut.${format}`, sourceRate: rational(25) });
  const { changes } = diffTimelines(document, again, null);
  // An EDL has no clips that are switched off: the one above is said to be gone, and was not seen.
  expect(changes.map(({ state: change, shift, reason }) => [change, shift, reason]).filter(([, , reason]) => reason !== 'it was disabled, and is gone')).toEqual(
    Array.from({ length: format === 'edl' ? 4 : 5 }, () => ['unchanged', 0, 'as it was']),
  );
});
