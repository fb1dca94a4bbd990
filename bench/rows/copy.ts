/** Whole files: the layout against every way of joining them. */
import { cat, concatCopy, mkvmerge, mp4box } from '../peers/peers.ts';
import { ours } from '../ours.ts';
import { peakMemory, ratio, wallRatio, type Figure, type Row } from '../row.ts';
import { footage, writeFileList, type BenchContext } from './context.ts';

export function copyAacRow(context: BenchContext): Row {
  const { folder, files } = footage(context, 'h264-aac', context.shots);
  const { work } = context;
  return {
    id: 'copy-h264-aac',
    title: `${files.length} whole H.264+AAC shots`,
    note: 'Everyone copies AAC packets; ours keeps each shot within 512 samples of its picture (`--audio packets`). From and to the same disk.',
    repeats: context.isQuick ? 1 : 5,
    contenders: [
      ours(folder, 'ours.mp4', ['--audio', 'packets', '--no-cache']),
      cat(files), concatCopy(files, work, '.mp4'), mp4box(files, '.mp4'), mkvmerge(files, work),
    ],
    figures: [wallRatio('ours', 'cat', 1.4, 1.15), wallRatio('ours', 'ffmpeg concat', 1 / 8, 1 / 12), shotsPerSecond('ours', files.length, 100), peakMemory('ours', 400, 200)],
  };
}

export function copyProresRow(context: BenchContext): Row {
  const { folder, files } = footage(context, 'prores-pcm', context.shots);
  const { work } = context;
  return {
    id: 'copy-prores-pcm',
    title: `${files.length} whole ProRes+PCM shots to .mov`,
    note: 'Everyone copies the PCM; ours is exact to the sample.',
    repeats: context.isQuick ? 1 : 3,
    contenders: [ours(folder, 'ours.mov', ['--no-cache']), cat(files), concatCopy(files, work, '.mov'), mp4box(files, '.mov'), mkvmerge(files, work)],
    figures: [wallRatio('ours', 'cat', 1.4, 1), wallRatio('ours', 'ffmpeg concat', 1 / 3), shotsPerSecond('ours', files.length, 100), peakMemory('ours', 400, 200)],
  };
}

/** Copied picture with exact sound: PCM in .mov, one AAC encode in .mp4. */
export function copyExactRow(context: BenchContext): Row {
  const { folder, files } = footage(context, 'h264-aac', context.shots);
  return {
    id: 'copy-exact-sound',
    title: `${files.length} whole H.264+AAC shots, sound exact`,
    note: 'Ours twice: the sound decoded to PCM in a `.mov`, and encoded to AAC once, beside the writing, in an `.mp4`. No peer does either; `cat` stands for the disk.',
    repeats: context.isQuick ? 1 : 3,
    contenders: [
      ours(folder, 'ours.mov', ['--audio', 'exact', '--no-cache'], { name: 'ours, PCM' }),
      ours(folder, 'ours.mp4', ['--audio', 'exact', '--no-cache'], { name: 'ours, AAC' }),
      cat(files),
    ],
    figures: [shotsPerSecond('ours, PCM', files.length, 100)],
  };
}

/** The same footage used four times over: what memory depends on. */
export function memoryRow(context: BenchContext): Row {
  const { files } = footage(context, 'h264-aac', context.shots);
  const many = Array.from({ length: files.length * 4 }, (_, index) => files[index % files.length] ?? '');
  const options = ['--audio', 'packets', '--no-cache'];
  return {
    id: 'memory',
    title: `Memory from ${files.length} to ${many.length} shots`,
    note: 'Copies with `packets` sound; the longer list uses each file four times.',
    repeats: 1,
    contenders: [
      ours(writeFileList(context.work, 'once.csv', files), 'once.mp4', options, { name: `ours, ${files.length}` }),
      ours(writeFileList(context.work, 'many.csv', many), 'many.mp4', options, { name: `ours, ${many.length}` }),
    ],
    figures: [
      peakMemory(`ours, ${many.length}`, 400, 200),
      {
        label: `peak at ${many.length} / at ${files.length}`, unit: 'x', limit: 1.2,
        of: (cost) => ratio(cost(`ours, ${many.length}`)?.peakRssBytes, cost(`ours, ${files.length}`)?.peakRssBytes),
      },
    ],
  };
}

function shotsPerSecond(name: string, shots: number, limit: number): Figure {
  // Net, as the ratios are: the final sync is the disk's time, and no peer does it.
  const of: Figure['of'] = (cost) => ratio(shots, cost(name)?.netSeconds);
  return { label: `shots, ${name}`, unit: 'a second', limit, of };
}
