import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StringoutError } from '../../base/errors.ts';
import type { PictureEncodeRequest, PictureSegment } from '../../contract/jobs/picture-encode.ts';
import type { SoundRenderRequest } from '../../contract/jobs/sound-render.ts';
import type { JobRequest } from '../../contract/worker.ts';
import { matchProfile, type ProfileRequest } from '../../domain/plan/match-profile.ts';
import { makePlan } from '../../domain/plan/plan.ts';
import { planSound } from '../../domain/plan/sound-plan.ts';
import { aac, clipOf, gopSamples, picture, source } from '../../domain/plan/testing/synthetic-source.ts';
import type { Source } from '../../domain/source.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { makeSegments, type MadeSegments } from './make-segments.ts';
import type { AssemblyHost } from './ports.ts';
import { withoutClips, type Preparation } from './prepare.ts';
import { ProgressMeter } from './progress-meter.ts';

const segment: PictureSegment = {
  path: '', config: new Uint8Array(0), tag: 'avc1', offset: 0, size: new Uint32Array(1), display: new Uint32Array(1), flags: new Uint8Array(1),
};

const request: ProfileRequest = {
  name: 'match', flavour: null, container: 'mp4', size: null, rate: null, preset: null, crf: null, sound: 'none', startLabel: null, start: null,
};
const timeline: Timeline = { name: 'list', rate: null, start: null, items: [], warnings: [], origin: 'list.csv' };

describe('making segments', () => {
  let folder: string;
  let shot: Source;
  let kept: string[];
  let discarded: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stringout-make-'));
    const path = join(folder, 'shot.mp4');
    writeFileSync(path, 'frames');
    const { size, mtimeMs } = statSync(path);
    shot = { ...source('shot', picture(gopSamples(96, 24, 2)), null), path, files: [path], size, modifiedMs: mtimeMs };
    [kept, discarded] = [[], []];
  });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  /** Three clips of one group of pictures: one job. */
  function make(encode: (job: PictureEncodeRequest) => void, keepGoing = true): Promise<MadeSegments> {
    const { profile } = matchProfile(request, [shot], null);
    const clips = [clipOf(shot, 1, 5), clipOf(shot, 6, 9), clipOf(shot, 10, 13)];
    const preparation: Preparation = { timeline, clips, plan: makePlan(profile, clips, () => false), sound: null, layers: null, failures: [], warnings: [], planSeconds: 0 };
    return makeAll(preparation, (job) => {
      if (job.kind !== 'picture.encode') throw new Error(`no ${job.kind} is expected`);
      encode(job);
      return { segments: job.outputs.map(() => segment), framesDecoded: 0 };
    }, keepGoing);
  }

  function makeAll(preparation: Preparation, answer: (request: JobRequest) => unknown, keepGoing = true): Promise<MadeSegments> {
    const run = async (job: JobRequest): Promise<unknown> => Promise.resolve(answer(job));
    const host: AssemblyHost = {
      jobs: { run: run as unknown as AssemblyHost['jobs']['run'], concurrency: 1, narrow: () => undefined },
      index: { getMany: () => new Map(), putMany: () => undefined },
      cache: {
        has: () => false, pathFor: (key) => key, pin: () => () => undefined, unpackDir: folder, isKept: true,
        commit: (key) => { kept.push(key); }, discard: (key) => { discarded.push(key); },
      },
      memory: { peakRssBytes: 0 }, hardware: { all: [] },
    };
    return makeSegments(preparation, host, { signal: new AbortController().signal, meter: new ProgressMeter(() => undefined), keepGoing });
  }

  const failOn = (rank: number, code: 'decode.failed' | 'encode.failed' | 'memory.exhausted' | 'output.full') => (job: PictureEncodeRequest): void => {
    if (job.outputs.some(({ frames }) => frames.includes(rank))) throw new StringoutError(code, 'bad', { clip: job.clip, file: shot.path });
  };

  test('one bad frame fails the clip that shows it alone', async () => {
    const made = await make(failOn(7, 'decode.failed'));
    expect([...made.failures.clips.keys()]).toEqual([1]);
    expect([kept.length, made.framesEncoded]).toEqual([2, 7]);
  });

  test.each(['encode.failed', 'memory.exhausted', 'output.full'] as const)('%s is no clip\'s fault and ends the run', async (code) => {
    await expect(make(failOn(7, code))).rejects.toMatchObject({ code });
  });

  test('what was made of a file that changed meanwhile is not kept under the old key', async () => {
    const change = (): void => { utimesSync(shot.path, 1, 1); };
    await expect(make(change, false)).rejects.toMatchObject({ code: 'input.changed' });
    expect([kept.length, discarded.length]).toEqual([0, expect.any(Number)]);
    expect(new Set(discarded).size).toBe(3);
  });

  test('of several clips whose sound is made in one job only the one that does not decode is made silent', async () => {
    const requests: SoundRenderRequest[] = [];
    const shots = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({ ...shot, sound: aac(4), fingerprint: `shot ${i}` }));
    const { profile } = matchProfile({ ...request, container: 'mov', sound: 'exact' }, shots, null);
    const clips = shots.map((of) => clipOf(of, 0, 24));
    const plan = makePlan(profile, clips, () => false);
    const made = await makeAll({ timeline, clips, plan, sound: planSound(plan), layers: null, failures: [], warnings: [], planSeconds: 0 }, (job) => {
      if (job.kind !== 'sound.render') return { segments: [], framesDecoded: 0 };
      requests.push(job);
      if (job.pieces.some(({ parts }) => parts.some(({ clip }) => clip === 'shot 4'))) throw new StringoutError('decode.failed', 'bad', { clip: 'shot 4', file: shot.path });
      return { segments: job.pieces.map(() => ({ path: '', config: new Uint8Array(0), priming: 0, offset: 0, size: Uint32Array.of(1), warnings: [] })) };
    });
    expect(Math.max(...requests.map(({ pieces }) => pieces.length))).toBeGreaterThan(1);
    expect([made.segments.sound.size, kept.length]).toEqual([7, 7]);
    expect(made.failures.clips.get(4)).toMatchObject({ clip: 'shot 4', instead: 'silence' });
  });

  test('a sound clip of its own track that does not decode is left out by itself', async () => {
    const wild = { ...shot, sound: aac(4), fingerprint: 'wild' };
    const { profile } = matchProfile({ ...request, container: 'mov', sound: 'exact' }, [shot], null, [wild]);
    const clips = [clipOf(shot, 0, 96)];
    const plan = makePlan(profile, clips, () => false);
    const layer = (at: number, gain: number) => ({ clip: `wild ${at}`, source: wild, sound: wild.sound, at, length: 48_000, from: at, gain });
    const layers = [layer(0, 0), layer(24_000, -6), layer(120_000, -6)];
    const preparation = { timeline, clips, plan, sound: planSound(plan, layers), layers, failures: [], warnings: [], planSeconds: 0 };
    const made = await makeAll(preparation, (job) => {
      if (job.kind !== 'sound.render') return { segments: [], framesDecoded: 0 };
      if (job.pieces.some(({ parts }) => parts.some(({ clip }) => clip === 'wild 120000'))) throw new StringoutError('decode.failed', 'bad', { file: shot.path });
      return { segments: job.pieces.map(() => ({ path: '', config: new Uint8Array(0), priming: 0, offset: 0, size: Uint32Array.of(1), warnings: [] })) };
    });
    expect([[...made.failures.layers.keys()], made.failures.clips.size]).toEqual([[layers[2]], 0]);
    const host = { cache: { has: () => false } } as unknown as AssemblyHost;
    expect(withoutClips(preparation, made.failures, host).sound?.layers?.map(({ clip }) => clip)).toEqual(['wild 0', 'wild 24000']);
  });

  test('a sequence is looked at frame by frame', async () => {
    const frames = { ...gopSamples(96, 24, 2), file: new Uint32Array(96) };
    shot = { ...shot, picture: picture(frames), container: 'sequence', size: 0, modifiedMs: Math.max(shot.modifiedMs, 2000), path: join(folder, 'shot.%04d.png') };
    expect((await make(() => undefined)).failures.clips.size).toBe(0);
    const later = shot.modifiedMs / 1000 + 10;
    expect((await make(() => { utimesSync(join(folder, 'shot.mp4'), later, later); })).failures.clips.size).toBe(3);
  });
});
