/** Demo footage on all workers. Shots that are there already are kept: a file under its name is whole. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { JobRunner } from '../assembly/ports.ts';

export type FootageContext = { readonly signal: AbortSignal; readonly onProgress: (done: number, total: number) => void };

/** Shots in one job: few enough that all workers end at about the same time. */
const shotsPerJob = 8;

/** Makes shot_0001.mp4 and so on, `shots` of them, in an existing folder; returns their paths. Throws `encode.failed`, `output.failed`. */
export async function makeFootage(folder: string, shots: number, jobs: JobRunner, { signal, onProgress }: FootageContext): Promise<readonly string[]> {
  const all = Array.from({ length: shots }, (_, i) => ({ number: i + 1, path: join(folder, `shot_${String(i + 1).padStart(4, '0')}.mp4`) }));
  const missing = all.filter(({ path }) => !existsSync(path));
  const shards = Array.from({ length: Math.ceil(missing.length / shotsPerJob) }, (_, i) => missing.slice(i * shotsPerJob, (i + 1) * shotsPerJob));
  let done = all.length - missing.length;
  await forEachLimited(shards, jobs.concurrency, async (shard) => {
    await jobs.run<'footage.make'>({ kind: 'footage.make', shots: shard }, { signal });
    done += shard.length;
    onProgress(done, all.length);
  });
  return all.map(({ path }) => path);
}
