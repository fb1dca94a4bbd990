/** Planning alone, from an index that knows every file. */
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { eventOf, ours } from '../ours.ts';
import { fileURLToPath } from 'node:url';
import type { Row } from '../row.ts';
import { footage, spreadCuts, writeShotList, type BenchContext } from './context.ts';

const launcher = fileURLToPath(new URL('../../scripts/stringout.mjs', import.meta.url));

export function planRow(context: BenchContext): Row {
  const { files } = footage(context, 'long-h264', 24);
  const cuts = spreadCuts(files, 2000, 60, 480);
  const list = writeShotList(context.work, 'plan.csv', cuts);
  const cache = join(context.work, 'plan-cache');
  const args = ['plan', list, '--json', '--cache-dir', cache];
  return {
    id: 'plan',
    title: `Planning ${cuts.length} trims`,
    note: 'The plan alone as `plan --json` reports it (`planSeconds`), after indexing; the wall time is the whole command with its 2,000 lines of output. No sound is made.',
    repeats: context.isQuick ? 1 : 5,
    contenders: [ours(list, 'none', [], { command: () => ({ program: process.execPath, args: [launcher, ...args] }), tell: (printed) => Number(eventOf(printed, 'plan')['planSeconds']) })],
    figures: [{
      label: 'the plan', unit: 'ms', limit: 100, aim: 50,
      of: (cost) => {
        const told = cost('ours')?.told ?? null;
        return told === null ? null : told * 1000;
      },
    }],
    cleanUp: () => rmSync(cache, { recursive: true, force: true }),
  };
}
