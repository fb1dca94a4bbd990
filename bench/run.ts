/** `npm run bench`: ours beside the peers that are here. Writes bench/results/<day>.json, docs/BENCHMARKS.md and docs/benchmarks.svg. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/lib/node24.mjs';
import { findProgram } from './footage/ffmpeg.ts';
import { removeFootage } from './footage/make-footage.ts';
import { benchmarksPage } from './report/markdown.ts';
import { plotSvg } from './report/plot.ts';
import { describeMachine, latestResults, saveResults, type Results, type RowResult } from './results.ts';
import { editorRows } from './editor/editor-rows.ts';
import { runRow } from './run-row.ts';
import { rowMakers } from './rows/rows.ts';

const usage = `usage: npm run bench -- [--only ${[...Object.keys(rowMakers), ...Object.keys(editorRows)].join(',')}]
       [--shots N]   shots of the rows that copy (500)
       [--repeats N] runs of each contender, instead of each row's own number
       [--quick]     one run each, little footage: a first look, nothing is written under docs/
       [--dir D]     where footage and outputs lie (out/bench)
       [--clean]     removes what was made there
       [--report]    writes docs/ again from the latest results`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' }, shots: { type: 'string' }, repeats: { type: 'string' }, dir: { type: 'string', default: join(root, 'out/bench') },
    quick: { type: 'boolean', default: false }, clean: { type: 'boolean', default: false }, report: { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
  },
});
process.exitCode = await main();

async function main(): Promise<number> {
  const folder = resolve(values.dir);
  const wanted = values.only?.split(',') ?? [...Object.keys(rowMakers), ...Object.keys(editorRows)];
  const shots = Number(values.shots ?? (values.quick ? 50 : 500));
  const repeats = values.repeats === undefined ? null : Number(values.repeats);
  if (values.help || wanted.some((id) => !(id in rowMakers) && !(id in editorRows)) || (repeats !== null && !(Number.isSafeInteger(repeats) && repeats > 0)) || !Number.isSafeInteger(shots) || shots < 1) return refuse(usage, values.help ? 0 : 2);
  const resultsFolder = join(root, 'bench/results');
  if (values.clean) return removeFootage(folder), 0;
  if (values.report) return writeDocs(latestResults(resultsFolder));
  if (findProgram('ffmpeg') === null) return refuse("the benchmark makes its footage with ffmpeg: install Debian's package ffmpeg", 1);
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const context = { footageRoot: join(folder, 'footage'), work, shots, isQuick: values.quick };
  let failures = 0;
  for (const id of wanted) {
    const editorRow = editorRows[id];
    if (editorRow) {
      process.stdout.write(`${id}\n`);
      report(await editorRow(values.quick), folder, resultsFolder);
      continue;
    }
    const row = rowMakers[id]?.(context);
    if (row === undefined || row === null) continue;
    process.stdout.write(`${row.title}\n`);
    const result = await runRow(repeats === null ? row : { ...row, repeats }, work);
    report(result, folder, resultsFolder);
    failures += result.failures.length;
  }
  rmSync(work, { recursive: true, force: true });
  return failures === 0 ? 0 : 1;
}

function report(result: RowResult, folder: string, resultsFolder: string): void {
  for (const { name, package: source } of result.missing) process.stdout.write(`  not run: ${name} (${source})\n`);
  for (const { label, value, unit } of result.figures) process.stdout.write(`  ${label}: ${value === null ? 'not measured' : `${value.toFixed(3)} ${unit}`}\n`);
  if (!values.quick) writeDocs(saveResults(resultsFolder, describeMachine(folder), [result]));
}

function writeDocs(results: Results | null): number {
  if (results === null) return refuse('no results yet: run npm run bench', 1);
  writeFileSync(join(root, 'docs/BENCHMARKS.md'), benchmarksPage(results));
  writeFileSync(join(root, 'docs/benchmarks.svg'), plotSvg(results));
  return 0;
}

function refuse(message: string, code: number): number {
  process.stderr.write(`${message}\n`);
  return code;
}
