import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StringoutError } from '../../../base/errors.ts';
import { assemble } from '../../../services/assembly/assemble.ts';
import type { AssemblyReport } from '../../../services/assembly/report.ts';
import { makeFootage } from '../../../services/footage/make-footage.ts';
import { readTimeline } from '../../../services/inputs/read-timeline.ts';
import { assemblyOptions, type CliOptions } from '../cli-options.ts';
import { formatBytes, formatSeconds } from '../output.ts';
import { withSession } from '../session.ts';
import { demoOptions, shotList } from './demo.ts';

const flavours = [
  { name: 'copy', audio: 'packets', isTrimmed: false },
  { name: 'copy, exact sound', audio: 'exact', isTrimmed: false },
  { name: 'trims', audio: 'exact', isTrimmed: true },
] as const;

const distinctShots = 500;

/** Assemblies of so many shots, over at most 500 distinct files; nothing comes from the cache. */
export async function benchAction(options: CliOptions): Promise<number> {
  const counts = String(options.shots).split(',').map(Number);
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 1 || count > 100_000)) throw new StringoutError('usage', `--shots ${options.shots}: write numbers, as in 500,1000,2000`);
  const folder = resolve(options.dir);
  await mkdir(join(folder, 'footage'), { recursive: true });
  return withSession({ ...options, cache: false }, folder, async ({ running, output, meter, signal }) => {
    const made = Math.min(distinctShots, Math.max(...counts));
    output.line(`making ${made} shots`);
    await makeFootage(join(folder, 'footage'), made, running.host.jobs, { signal, onProgress: () => undefined });
    const names = (await readdir(join(folder, 'footage'))).filter((name) => name.endsWith('.mp4')).toSorted().slice(0, made);
    for (const count of counts) {
      for (const flavour of flavours) {
        running.cacheClear(null);
        const list = join(folder, 'bench.csv');
        const used = Array.from({ length: count }, (_, i) => names[i % names.length] ?? '');
        await writeFile(list, flavour.isTrimmed ? shotList(used) : `file,in,out\n${used.map((name) => `footage/${name},,\n`).join('')}`);
        const movie = join(folder, 'bench.mp4');
        const began = performance.now();
        const asked = assemblyOptions({ ...options, ...demoOptions, audio: flavour.audio }, 'mp4', await readTimeline(list, { media: null }));
        const { report } = await assemble(await readTimeline(list, { media: null }), movie, asked, running.host, {
          signal, meter, startSeconds: 0, uptime: () => (performance.now() - began) / 1000,
        });
        output.finish();
        output.event({ event: 'benchmark', shots: count, flavour: flavour.name, shotsPerSecond: Math.round(count / report.wallSeconds), ...report });
        output.line(row(count, flavour.name, report));
        await rm(movie);
      }
    }
    return 0;
  });
}

function row(shots: number, flavour: string, report: AssemblyReport): string {
  return `${String(shots).padStart(6)} shots  ${flavour.padEnd(18)} ${formatSeconds(report.wallSeconds).padStart(8)}  ${String(Math.round(shots / report.wallSeconds)).padStart(6)} shots/s`
    + `  ${formatBytes(report.bytesWritten).padStart(8)} written  ${formatBytes(report.peakRssBytes).padStart(8)} of memory`;
}
