/** Other editors' timelines: how long the slowest file of the corpus takes, a list of 3,000 events, and media found among 50,000 files. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTimeline } from '../../app/services/interchange/open-timeline.ts';
import { Place } from '../../e2e/fixtures/command.ts';
import { editorResult } from '../editor/editor-result.ts';
import type { RowResult } from '../results.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/timelines', import.meta.url));
const events = 3000;

export async function timelinesRow(isQuick: boolean): Promise<RowResult> {
  using place = new Place();
  const slowest = existsSync(corpus) ? await slowestOf(corpus) : null;
  const list = place.write('long.edl', longEdl());
  const read = await timed(async () => { await openTimeline(list, { sourceRate: null }); });
  const files = isQuick ? 5000 : 50_000;
  makeFiles(place.path('footage'), files);
  // As a user has it: the program's start is part of it.
  const relink = await timed(() => {
    try {
      execFileSync(process.execPath, [join(fileURLToPath(new URL('../..', import.meta.url)), 'scripts/stringout.mjs'), 'relink', list, place.path('footage'), '--json'], { stdio: 'ignore' });
    } catch {
      // 3: some of the clips are not to be found, which is no matter here.
    }
    return Promise.resolve();
  });
  return editorResult('timelines', "Other editors' timelines", slowest === null ? 'The corpus of real files is not here.' : `The slowest of the real files is ${slowest.name}.`, [
    { label: 'the slowest real file', unit: 'ms', limit: 2000, value: slowest && slowest.milliseconds },
    { label: `an EDL of ${events} events`, unit: 'ms', limit: 1000, value: read },
    { label: `relink ${events} clips among ${files} files`, unit: 'ms', limit: 10_000, value: relink },
  ]);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Refusals count as well. */
async function slowestOf(folder: string): Promise<{ readonly name: string; readonly milliseconds: number }> {
  let slowest = { name: '', milliseconds: 0 };
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const milliseconds = await timed(() => openTimeline(join(folder, name), { sourceRate: null }).then(() => undefined, () => undefined));
    if (milliseconds > slowest.milliseconds) slowest = { name, milliseconds };
  }
  return slowest;
}

function longEdl(): string {
  const label = (frame: number): string => [frame / 86_400, (frame / 1440) % 60, (frame / 24) % 60, frame % 24].map((value) => String(Math.floor(value)).padStart(2, '0')).join(':');
  const lines = Array.from({ length: events }, (_, i) => [
    `${String(i + 1).padStart(6, '0')}  A${String(i % 500).padStart(3, '0')}     V     C        ${label(86_400 + i * 7)} ${label(86_400 + i * 7 + 48)} ${label(86_400 + i * 48)} ${label(86_400 + (i + 1) * 48)}`,
    `* FROM CLIP NAME: shot_${String(i % 500).padStart(4, '0')}.mov`,
  ].join('\n'));
  return `TITLE: LONG\nFCM: NON-DROP FRAME\n\n${lines.join('\n')}\n`;
}

/** Empty ones, in folders of 500: names are what is looked through. */
function makeFiles(folder: string, count: number): void {
  for (let i = 0; i < count; i++) {
    const roll = join(folder, `roll_${String(Math.floor(i / 500)).padStart(3, '0')}`);
    if (i % 500 === 0) mkdirSync(roll, { recursive: true });
    writeFileSync(join(roll, `shot_${String(i).padStart(4, '0')}.mov`), '');
  }
}
