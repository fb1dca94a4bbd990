import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readTimeline } from '../../../services/inputs/read-timeline.ts';
import { makeFootage } from '../../../services/footage/make-footage.ts';
import type { CliOptions } from '../cli-options.ts';
import { withSession } from '../session.ts';
import { assembleAndReport } from './assemble.ts';

/** Footage, a shot list with trims, the movie, every frame of it verified. */
export async function demoAction(options: CliOptions): Promise<number> {
  const folder = resolve(options.dir);
  const footage = join(folder, 'footage');
  await mkdir(footage, { recursive: true });
  return withSession(options, folder, async (session) => {
    const { running, output, signal } = session;
    const shots = Number(options.shots);
    output.line(`making ${shots} shots in ${footage}`);
    await makeFootage(footage, shots, running.host.jobs, { signal, onProgress: () => undefined });
    const list = join(folder, 'reel.csv');
    await writeFile(list, shotList((await readdir(footage)).filter((name) => name.endsWith('.mp4')).toSorted().slice(0, shots)));
    const since = process.uptime();
    const timeline = await readTimeline(list, { media: null });
    const { assembled, isVerified } = await assembleAndReport(timeline, join(folder, 'reel.mp4'), { ...options, ...demoOptions, verify: true }, session, since);
    if (!isVerified) return 1;
    output.line(`the movie: ${assembled.report.output}`);
    output.line(`again, yourself: npm run stringout -- assemble ${list} -o my-reel.mp4`);
    return 0;
  });
}

export const demoOptions = { profile: 'match', audio: 'exact', handles: 0, keepGoing: false, all: true } as const;

/** Every fourth shot is trimmed inside a group of pictures, so that both ways into the movie are shown. */
export function shotList(names: readonly string[]): string {
  const rows = names.map((name, i) => `footage/${name},${i % 4 === 3 ? '5,30' : ','}`);
  return `${['file,in,out', ...rows].join('\n')}\n`;
}
