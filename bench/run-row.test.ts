/** The harness itself: what a run costs is measured, ratios follow from medians, absent peers are named. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { measure } from './measure/measure.ts';
import { benchmarksPage } from './report/markdown.ts';
import { plotSvg } from './report/plot.ts';
import { wallRatio, type Row } from './row.ts';
import { median, runRow } from './run-row.ts';

let work = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'stringout-bench-'));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(work, { recursive: true, force: true });
});

const busy = 'const until = process.cpuUsage().user + 2e5; while (process.cpuUsage().user < until);';

it('counts the CPU of grandchildren and keeps what was printed', async () => {
  const { cpuSeconds, output } = await measure({ program: 'sh', args: ['-c', `"${process.execPath}" -e "${busy}"; echo done`] });
  expect(cpuSeconds).toBeGreaterThanOrEqual(0.19);
  expect(output).toBe('done\n');
});

it('rejects with the end of what a failed command said', async () => {
  await expect(measure({ program: 'sh', args: ['-c', 'echo no space >&2; exit 3'] })).rejects.toThrow(/sh ended with 3: no space/);
});

it('takes the median', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
});

it('takes start-up and sync off ours, names absent peers, and reports figures against what is asked', async () => {
  const report = '{"event":"report","startSeconds":0.1,"syncSeconds":0,"peakRssBytes":5000000}';
  const row: Row = {
    id: 'trial',
    title: 'A trial',
    note: 'No sound.',
    repeats: 2,
    contenders: [
      { name: 'ours', isOurs: true, outputName: 'ours', command: (output) => ({ program: 'sh', args: ['-c', `printf abc >"${output}"; echo '${report}'`] }) },
      { name: 'cat', outputName: 'cat', command: (output) => ({ program: 'sh', args: ['-c', `printf abc >"${output}"`] }) },
      { name: 'absent', needs: { program: 'no-such-program', package: 'a package' }, outputName: 'absent', command: () => ({ program: 'no-such-program', args: [] }) },
      { name: 'broken', outputName: 'broken', command: () => ({ program: 'false', args: [] }) },
    ],
    figures: [wallRatio('ours', 'cat', 1.15), wallRatio('cat', 'ours', 1), wallRatio('ours', 'absent', 1)],
  };
  const result = await runRow(row, work);
  const [own, peer] = result.contenders;
  expect(own).toMatchObject({ name: 'ours', startSeconds: 0.1, outputBytes: 3, peakRssBytes: 5_000_000 });
  expect(own?.netSeconds).toBeCloseTo((own?.wallSeconds ?? 0) - 0.1, 6);
  expect(result.figures[1]?.value).toBeCloseTo((peer?.netSeconds ?? 0) / (own?.netSeconds ?? 1), 6);
  expect(result.missing).toEqual([{ name: 'absent', package: 'a package' }]);
  expect(result.failures.map(({ name }) => name)).toEqual(['broken']);
  const machine = { processor: 'p', cores: 2, memoryBytes: 2 ** 33, system: 's', fileSystem: 'ext4', node: 'v24', ffmpeg: 'f' };
  const page = benchmarksPage({ machine, rows: [result] });
  for (const text of ['| A trial | cat / ours |', '| **ours** |', 'not run: absent (a package)', 'failed: broken', '| not measured |']) expect(page).toContain(text);
  expect(plotSvg({ machine, rows: [result] }).match(/<rect x=/g)).toHaveLength(2);
});
