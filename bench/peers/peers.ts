/** The peers that join whole files, each as its own manual says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contender } from '../row.ts';

export const ffmpegTool = { program: 'ffmpeg', package: "Debian's ffmpeg" };
const quiet = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'];

export function cat(files: readonly string[]): Contender {
  return { name: 'cat', outputName: 'cat.bin', command: (output) => ({ program: 'sh', args: ['-c', 'cat "$@" > "$0"', output, ...files] }) };
}

export function concatCopy(files: readonly string[], work: string, extension: string): Contender {
  const list = join(work, 'concat.txt');
  return {
    name: 'ffmpeg concat',
    needs: ffmpegTool,
    outputName: `ffmpeg${extension}`,
    prepare: () => writeFileSync(list, files.map((file) => `file '${file}'\n`).join('')),
    command: (output) => ({ program: 'ffmpeg', args: [...quiet, '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', output] }),
  };
}

export function mkvmerge(files: readonly string[], work: string): Contender {
  const options = join(work, 'mkvmerge.json');
  return {
    name: 'mkvmerge',
    needs: { program: 'mkvmerge', package: "Debian's mkvtoolnix" },
    outputName: 'mkvmerge.mkv',
    prepare: () => writeFileSync(options, JSON.stringify(files.flatMap((file, index) => (index === 0 ? [file] : ['+', file])))),
    command: (output) => ({ program: 'mkvmerge', args: ['--quiet', '-o', output, `@${options}`] }),
  };
}

export function mp4box(files: readonly string[], extension: string): Contender {
  return {
    name: 'MP4Box',
    needs: { program: 'MP4Box', package: "GPAC's MP4Box, which is not in Debian 12" },
    outputName: `mp4box${extension}`,
    command: (output) => ({ program: 'MP4Box', args: ['-quiet', ...files.flatMap((file) => ['-cat', file]), '-new', output] }),
  };
}

/** One process that decodes and encodes all the sound, with the encoder's default coder. */
export function encodeSound(files: readonly string[], work: string): Contender {
  const { prepare, needs } = concatCopy(files, work, '.m4a');
  return {
    name: 'ffmpeg -c:a aac',
    ...(prepare ? { prepare } : {}),
    ...(needs ? { needs } : {}),
    outputName: 'sound.m4a',
    command: (output) => ({ program: 'ffmpeg', args: [...quiet, '-f', 'concat', '-safe', '0', '-i', join(work, 'concat.txt'), '-vn', '-c:a', 'aac', '-b:a', '192k', output] }),
  };
}
