/** The peers that decode and encode everything. */
import { ffmpegTool } from './peers.ts';
import type { Contender } from '../row.ts';

export type Cut = { readonly file: string; /** Seconds. */ readonly from: number; readonly to: number };

export type EncodeTarget = { readonly width: number; readonly height: number; readonly rate: number; readonly preset: string; readonly crf: number };

/** One ffmpeg: an input a shot, made alike by filters, joined by the concat filter, encoded once. */
export function oneFfmpeg(cuts: readonly Cut[], target: EncodeTarget, outputName: string, sound: readonly string[]): Contender {
  const { width, height, rate, preset, crf } = target;
  const inputs = cuts.flatMap(({ file, from, to }) => ['-ss', String(from), '-t', String(to - from), '-i', file]);
  const alike = cuts.map((_, index) => `[${index}:v]fps=${rate},scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1,setsar=1,format=yuv420p[v${index}];[${index}:a]aresample=48000[a${index}]`);
  const joined = `${cuts.map((_, index) => `[v${index}][a${index}]`).join('')}concat=n=${cuts.length}:v=1:a=1[v][a]`;
  const filter = `${alike.join(';')};${joined}`;
  return {
    name: 'one ffmpeg',
    needs: ffmpegTool,
    outputName,
    command: (output) => ({
      program: 'ffmpeg',
      args: ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...inputs, '-filter_complex', filter, '-map', '[v]', '-map', '[a]', '-c:v', 'libx264', '-preset', preset, '-crf', String(crf), ...sound, output],
    }),
  };
}

export function melt(files: readonly string[], target: EncodeTarget, outputName: string): Contender {
  const { preset, crf, rate } = target;
  return {
    name: 'melt',
    needs: { program: 'melt', package: "Debian's melt" },
    outputName,
    command: (output) => ({
      program: 'melt',
      args: ['-silent', '-profile', `atsc_1080p_${rate}`, ...files, '-consumer', `avformat:${output}`, 'vcodec=libx264', `preset=${preset}`, `crf=${crf}`, 'acodec=aac', 'ab=192k', 'real_time=-1'],
    }),
  };
}
