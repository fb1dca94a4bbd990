import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gopSamples, picture, source } from '../../domain/plan/testing/synthetic-source.ts';
import { rational } from '../../domain/rational.ts';
import type { JobKind, JobRequest, JobResult } from '../../contract/worker.ts';
import { indexSources } from './index-sources.ts';
import type { AssemblyHost, JobRunner } from './ports.ts';

it('asks for the rate of image sequences once the other files are known', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stringout-index-'));
  try {
    const movie = join(folder, 'shot.mov');
    const plates = join(folder, 'plate.%04d.png');
    for (const name of ['shot.mov', 'plate.0001.png', 'plate.0002.png']) await writeFile(join(folder, name), 'x');
    const shot = source('shot.mov', { ...picture(gopSamples(10, 10, 0)), rate: rational(25) }, null);
    const asked: JobRequest[] = [];
    const jobs: JobRunner = {
      concurrency: 2, narrow: () => undefined,
      run<K extends JobKind>(request: Extract<JobRequest, { kind: K }>): Promise<JobResult<K>> {
        asked.push(request);
        const result: unknown = request.kind === 'sources.index' ? [{ source: shot, error: null }] : shot;
        return Promise.resolve(result as JobResult<K>);
      },
    };
    const host: AssemblyHost = {
      jobs, memory: { peakRssBytes: 0 }, hardware: { all: [] }, index: { getMany: () => new Map(), putMany: () => undefined },
      cache: { has: () => false, pathFor: (key) => key, commit: () => undefined, discard: () => undefined, pin: () => () => undefined, isKept: true, unpackDir: folder },
    };
    await indexSources([plates, movie], host, {
      signal: AbortSignal.timeout(60_000), warnings: [], onProgress: () => undefined,
      sequenceRate: (others) => others.get(movie)?.source?.picture?.rate ?? rational(24),
    });
    expect(asked.at(-1)).toMatchObject({ kind: 'source.index', path: plates, sequence: { rate: { num: 25, den: 1 } } });
  } finally {
    await rm(folder, { recursive: true });
  }
});
