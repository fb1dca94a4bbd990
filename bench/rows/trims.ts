/** Cuts inside GOPs. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { oneFfmpeg } from '../peers/encoders.ts';
import { smartCut } from '../peers/smart-cut-contender.ts';
import { ours } from '../ours.ts';
import { peakMemory, ratio, wallRatio, type Row } from '../row.ts';
import { footage, spreadCuts, writeShotList, type BenchContext } from './context.ts';

const sourceFrames = 480;
const target = { width: 1920, height: 1080, rate: 24, preset: 'veryfast', crf: 21 };
const aac = ['-c:a', 'aac', '-b:a', '192k'];

export function longTrimsRow(context: BenchContext): Row {
  const { files } = footage(context, 'long-h264', 8);
  const cuts = spreadCuts(files, context.isQuick ? 4 : 16, 216, sourceFrames);
  const list = writeShotList(context.work, 'long-trims.csv', cuts);
  return {
    id: 'trims-long',
    title: `${cuts.length} trims of 9 s`,
    note: '1080p24 with grain, GOP 48. Sound: ours exact, encoded once; LosslessCut\'s way copies packets; one ffmpeg encodes it.',
    repeats: context.isQuick ? 1 : 2,
    contenders: [
      ours(list, 'ours.mp4', ['--no-cache']),
      ours(list, 'ours-packets.mp4', ['--no-cache', '--audio', 'packets'], { name: 'ours, packets' }),
      smartCut(cuts, context.work, '.mp4'),
      ...(context.isQuick ? [] : [oneFfmpeg(cuts, target, 'one-ffmpeg.mp4', aac)]),
    ],
    figures: [wallRatio('ours', "LosslessCut's way", 1 / 5, 1 / 8), wallRatio('ours, packets', "LosslessCut's way", 1 / 5, 1 / 8), wallRatio('ours', 'one ffmpeg', 1), peakMemory('ours', 2048, 700)],
  };
}

export function shortTrimsRow(context: BenchContext): Row {
  const { files } = footage(context, 'long-h264', 24);
  const cuts = spreadCuts(files, context.isQuick ? 8 : 100, 72, sourceFrames);
  const list = writeShotList(context.work, 'short-trims.csv', cuts);
  return {
    id: 'trims-short',
    title: `${cuts.length} trims of 3 s`,
    note: '1080p24 with grain, GOP 48. Sound: ours exact, encoded once; LosslessCut\'s way copies packets.',
    repeats: 1,
    contenders: [
      ours(list, 'ours.mp4', ['--no-cache']),
      ours(list, 'ours-packets.mp4', ['--no-cache', '--audio', 'packets'], { name: 'ours, packets' }),
      smartCut(cuts, context.work, '.mp4'),
    ],
    figures: [wallRatio('ours', "LosslessCut's way", 1 / 5, 1 / 10), wallRatio('ours, packets', "LosslessCut's way", 1 / 5, 1 / 10), peakMemory('ours', 2048, 700)],
  };
}

/** One shot of a long list is trimmed otherwise, and the movie made again. */
export function changeRow(context: BenchContext): Row {
  const { files } = footage(context, 'long-h264-pcm', context.isQuick ? 4 : 50);
  const cuts = spreadCuts(files, context.isQuick ? 10 : 500, 36, sourceFrames);
  const changed = cuts.map((cut, index) => (index === Math.floor(cuts.length / 2) ? { ...cut, from: cut.from + 2 / 24 } : cut));
  const cache = join(context.work, 'change-cache');
  const options = ['--cache-dir', cache];
  const clear = (): void => rmSync(cache, { recursive: true, force: true });
  const [first, after] = ['ours, first run', 'ours, one shot changed'];
  return {
    id: 'change-one',
    title: `${cuts.length} trims, then one changed`,
    note: 'H.264+PCM to `.mov`: the sound is copied. The second run follows the first and finds its segments.',
    repeats: context.isQuick ? 1 : 2,
    contenders: [
      ours(writeShotList(context.work, 'first.csv', cuts), 'first.mov', options, { name: first, prepare: clear }),
      ours(writeShotList(context.work, 'changed.csv', changed), 'changed.mov', options, { name: after }),
    ],
    figures: [{
      label: 'second run / first', unit: '%', limit: 5, aim: 2,
      of: (cost) => {
        const part = ratio(cost(after)?.netSeconds, cost(first)?.netSeconds);
        return part === null ? null : 100 * part;
      },
    }],
    cleanUp: clear,
  };
}
