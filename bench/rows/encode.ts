/** Everything encoded: mixed sizes, rates and codecs to one profile. */
import { melt, oneFfmpeg } from '../peers/encoders.ts';
import { ours } from '../ours.ts';
import { peakMemory, wallRatio, type Row } from '../row.ts';
import { footage, writeFileList, type BenchContext } from './context.ts';

const target = { width: 1920, height: 1080, rate: 25, preset: 'veryfast', crf: 21 };

export function encodeRow(context: BenchContext): Row {
  const { files } = footage(context, 'mixed', context.isQuick ? 5 : 20);
  const list = writeFileList(context.work, 'mixed.csv', files);
  const cuts = files.map((file) => ({ file, from: 0, to: 4 }));
  return {
    id: 'encode-mixed',
    title: `${files.length} mixed shots encoded to 1080p25`,
    note: 'H.264, ProRes, MPEG-2 and HEVC, 720p to 1080p, 24 to 30 fps; x264 veryfast at CRF 21 by all; AAC encoded by all.',
    repeats: context.isQuick ? 1 : 2,
    contenders: [
      ours(list, 'ours.mp4', ['--no-cache', '--profile', `h264:${target.crf}`, '--preset', target.preset, '--size', `${target.width}x${target.height}`, '--rate', String(target.rate)]),
      oneFfmpeg(cuts, target, 'one-ffmpeg.mp4', ['-c:a', 'aac', '-b:a', '192k']),
      melt(files, target, 'melt.mp4'),
    ],
    figures: [wallRatio('ours', 'one ffmpeg', 1, 0.85), wallRatio('ours', 'melt', 1), peakMemory('ours', 2048)],
  };
}
