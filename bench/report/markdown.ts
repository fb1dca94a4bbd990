/** docs/BENCHMARKS.md from the results. */
import type { FigureResult, Results, RowResult } from '../results.ts';

export function benchmarksPage({ machine, rows }: Results): string {
  const { processor, cores, memoryBytes, system, fileSystem, node, ffmpeg } = machine;
  return `# Benchmarks

Written by \`npm run bench\`, last on ${rows.map(({ date }) => date.slice(0, 10)).toSorted().at(-1) ?? 'no day'}. What counts are ratios between contenders that ran in turn in one
run on one machine; seconds are medians. Times of ours are shown whole and *net*: without start-up (at most 0.3 s) and without the final sync to the disk,
which no peer does; ratios take the net time. Memory is the highest sum of RSS over the process tree. The files under \`bench/results/\` have every run.

- ${processor}, ${cores} cores, ${(memoryBytes / 2 ** 30).toFixed(0)} GB of memory, ${system}, ${fileSystem}, page cache warm
- Node ${node}; peers: ${ffmpeg}

![Wall time of each contender](benchmarks.svg)

${summary(rows)}
${rows.map(section).join('\n')}`;
}

function summary(rows: readonly RowResult[]): string {
  const lines = rows.flatMap(({ title, figures }) => figures.map((figure) => `| ${title} | ${figure.label} | ${shown(figure)} | ${limitOf(figure)} | ${verdict(figure)} |`));
  return `| work | figure | measured | asked | |\n|---|---|---|---|---|\n${lines.join('\n')}\n`;
}

function section({ title, note, contenders, missing, failures }: RowResult): string {
  const lines = contenders.map(({ name, isOurs, runs, wallSeconds, netSeconds, startSeconds, syncSeconds, cpuSeconds, peakRssBytes, outputBytes }) => {
    const label = isOurs ? `**${name}**` : name;
    const net = isOurs ? `${netSeconds.toFixed(2)} (start ${startSeconds.toFixed(2)}, sync ${syncSeconds.toFixed(2)})` : '';
    return `| ${label} | ${wallSeconds.toFixed(2)} | ${net} | ${cpuSeconds.toFixed(2)} | ${(peakRssBytes / 1e6).toFixed(0)} | ${(outputBytes / 1e6).toFixed(0)} | ${runs.length} |`;
  });
  const absent = missing.map(({ name, package: source }) => `- not run: ${name} (${source})\n`).join('');
  const failed = failures.map(({ name, message }) => `- failed: ${name}: ${message.split('\n')[0] ?? ''}\n`).join('');
  const costs = lines.length === 0 ? '' : `| | wall s | net s | CPU s | peak MB | output MB | runs |\n|---|---|---|---|---|---|---|\n${lines.join('\n')}\n`;
  return `## ${title}\n\n${note}\n\n${costs}${absent || failed ? `\n${absent}${failed}` : ''}`;
}

function shown({ value, unit }: FigureResult): string {
  return value === null ? 'not measured' : withUnit(value, unit);
}

function withUnit(value: number, unit: FigureResult['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

function limitOf({ limit, aim, unit }: FigureResult): string {
  const word = isFloor(unit) ? 'at least' : 'at most';
  return `${word} ${withUnit(limit, unit)}${aim === null ? '' : `, aiming at ${withUnit(aim, unit)}`}`;
}

function verdict({ value, limit, aim, unit }: FigureResult): string {
  if (value === null) return '';
  const reaches = (bound: number): boolean => (isFloor(unit) ? value >= bound : value <= bound);
  if (!reaches(limit)) return '**missed**';
  return aim !== null && !reaches(aim) ? 'met, aim not reached' : 'met';
}

function isFloor(unit: FigureResult['unit']): boolean {
  return unit === 'a second';
}
