/** Folders of real names with made-up content: what is read, what is chosen, and the timeline that comes of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JobKind, JobRequest, JobResult } from '../../contract/worker.ts';
import { gopSamples, picture, source } from '../../domain/plan/testing/synthetic-source.ts';
import { rational } from '../../domain/rational.ts';
import type { Source } from '../../domain/source.ts';
import type { DocumentClip, MediaReference, TimelineDocument } from '../../interchange/document.ts';
import type { AssemblyHost, JobRunner } from '../assembly/ports.ts';
import { relinkTimeline } from './relink-timeline.ts';

const rate = rational(24);
const hour = 86_400;
let folder: string;
let read: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-relink-'));
  read = [];
});
afterEach(() => { rmSync(folder, { recursive: true }); });

const at = (name: string): string => join(folder, name);
function put(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), 'x');
  }
}

/** 100 frames at 24, from 01:00:00:00 unless it is an image sequence; what it is called is its content. */
function indexed(path: string): Source {
  read.push(path.slice(folder.length + 1));
  return {
    ...source(path, picture(gopSamples(100, 10, 0)), null), path, fingerprint: path.slice(folder.length + 1), reel: null,
    timecode: path.includes('%0') ? null : { frame: hour, rate, dropFrame: false },
  };
}

function host(): AssemblyHost {
  const jobs: JobRunner = {
    concurrency: 2, narrow: () => undefined,
    run<K extends JobKind>(asked: Extract<JobRequest, { kind: K }>): Promise<JobResult<K>> {
      const request: JobRequest = asked;
      const result: unknown = request.kind === 'sources.index' ? request.paths.map((path) => ({ source: indexed(path), error: null })) : request.kind === 'source.index' ? indexed(request.path) : null;
      return Promise.resolve(result as JobResult<K>);
    },
  };
  return {
    jobs, memory: { peakRssBytes: 0 }, hardware: { all: [] }, index: { getMany: () => new Map(), putMany: () => undefined },
    cache: { has: () => false, pathFor: (key) => key, commit: () => undefined, discard: () => undefined, pin: () => () => undefined, isKept: true, unpackDir: folder },
  };
}

const file = (url: string, metadata = {}): MediaReference => ({ kind: 'file', url, name: '', available: null, metadata });
const clip = (media: MediaReference, start: number, parts: Partial<DocumentClip> = {}): DocumentClip => ({
  kind: 'clip', name: '', isEnabled: true, range: { start, duration: 10, rate }, media, reel: null, scene: null, take: null, note: null, gain: 0, effects: [], markers: [], line: null, metadata: {}, ...parts,
});
const timeline = (...items: readonly DocumentClip[]): TimelineDocument => ({
  name: 'cut', rate, start: null, markers: [], metadata: {},
  tracks: [{ kind: 'track', type: 'video', name: 'V1', isEnabled: true, items, range: null, markers: [], effects: [], metadata: {} }],
});
const find = async (document: TimelineDocument, answers?: ReadonlyMap<number, string>) => relinkTimeline(document, folder, host(), { signal: AbortSignal.timeout(60_000), handles: 0, onProgress: () => undefined, ...(answers ? { answers } : {}) });
const mediaOf = ({ tracks: [track] }: TimelineDocument) => track?.items.map((item) => (item.kind === 'clip' ? item.media : null));

it('opens only what the names leave, and gives clips the media with the clock that fits', async () => {
  put('day/a.mov', 'day/b 100%25.mov', ...[1001, 1002, 1003].map((number) => `plates/p.${number}.exr`), ...Array.from({ length: 40 }, (_, n) => `other/x${n}.mov`));
  const black: MediaReference = { kind: 'generator', generator: 'black', name: '', available: null, metadata: {} };
  const cut = timeline(clip(file('file:///Volumes/Old/day/A.mov', { kept: 1 }), hour + 5), clip(black, 0), clip(file('Z:\\old\\b 100%25.mov'), hour), clip(file('/old/nothing.mov'), 0), clip(file('/old/p.####.exr'), 1005), clip(file('a.mov'), hour + 5, { effects: [{ kind: 'speed', num: 20, den: 1, name: '', metadata: {} }] }));
  const { clips, document, listed } = await find(cut);
  expect(clips.map(({ index, status }) => [index, status])).toEqual([[0, 'found'], [2, 'found'], [3, 'missing'], [4, 'found'], [5, 'partial']]);
  expect(listed).toBe(43);
  expect(mediaOf(document)).toEqual([
    { kind: 'file', url: `file://${at('day/a.mov')}`, name: '', available: { start: hour, duration: 100, rate }, metadata: { kept: 1, stringout_media: { fingerprint: 'day/a.mov' } } },
    black, { kind: 'file', url: `file://${at('day/b%20100%2525.mov')}`, name: '', available: { start: hour, duration: 100, rate }, metadata: { stringout_media: { fingerprint: 'day/b 100%25.mov' } } }, file('/old/nothing.mov'),
    { kind: 'sequence', folder: at('plates'), prefix: 'p.', suffix: '.exr', padding: 4, first: 1001, step: 1, rate, missing: 'error', name: '', available: { start: 1001, duration: 100, rate }, metadata: { stringout_media: { fingerprint: 'plates/p.%04d.exr' } } },
    file('a.mov'),
  ]);
});

it('finds renamed files by content, and takes an answer for what was ambiguous and its siblings', async () => {
  put('renamed.mov', '1/a.mov', '2/a.mov', '1/b.mov', '2/b.mov');
  const cut = timeline(clip(file('/old/gone.mov', { stringout_media: { fingerprint: 'renamed.mov' } }), hour), clip(file('/old/a.mov'), hour), clip(file('/old/b.mov'), hour));
  const chosen = async (answers?: ReadonlyMap<number, string>) => (await find(cut, answers)).clips.map((link) => link.chosen?.candidate.path ?? link.status);
  expect(await chosen()).toEqual([at('renamed.mov'), 'ambiguous', 'ambiguous']);
  expect(await chosen(new Map([[1, at('2/a.mov')]]))).toEqual([at('renamed.mov'), at('2/a.mov'), at('2/b.mov')]);
  expect(await chosen(new Map([[2, at('renamed.mov')]]))).toEqual([at('renamed.mov'), 'ambiguous', at('renamed.mov')]);
});

it('reads nothing where the names are clear, and says so when the folder is not there', async () => {
  put('a.mov', ...Array.from({ length: 20 }, (_, n) => `x${n}.mov`));
  await find(timeline(clip(file('/old/a.mov'), hour)));
  expect(read).toEqual(['a.mov']);
  await expect(relinkTimeline(timeline(), at('nowhere'), host(), { signal: AbortSignal.timeout(60_000), handles: 0, onProgress: () => undefined })).rejects.toMatchObject({ code: 'input.missing' });
});
