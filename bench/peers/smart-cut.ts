/**
 * Smart cut and join as LosslessCut does it, scripted: for each segment one process that looks for key frames, one that
 * encodes up to the first of them at the source's bit rate, one that copies from there, one that joins the two; at the end one that joins all.
 * Run as a program: smart-cut.ts CUTS.json OUTPUT, in a folder of its own.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

type Cut = { readonly file: string; readonly from: number; readonly to: number };

const halfFrame = 1 / 48;

function ffprobe(args: readonly string[]): string {
  return execFileSync('ffprobe', ['-v', 'error', ...args], { encoding: 'utf8' }).trim();
}

function ffmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args], { stdio: 'ignore' });
}

function firstKeyAtOrAfter({ file, from }: Cut): number | null {
  const lines = ffprobe(['-select_streams', 'v:0', '-skip_frame', 'nokey', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', '-read_intervals', `${Math.max(0, from - 1)}%${from + 5}`, file]);
  const keys = lines.split('\n').flatMap((line) => (line.includes('K') ? [Number(line.split(',')[0])] : []));
  return keys.find((key) => key >= from - halfFrame) ?? null;
}

function join(files: readonly string[], output: string): void {
  writeFileSync('join.txt', files.map((file) => `file '${file}'\n`).join(''));
  ffmpeg(['-f', 'concat', '-safe', '0', '-i', 'join.txt', '-map', '0', '-c', 'copy', '-video_track_timescale', '12288', output]);
}

function makeSegment(cut: Cut, index: number): string {
  const key = firstKeyAtOrAfter(cut);
  const bitRate = ffprobe(['-select_streams', 'v:0', '-show_entries', 'stream=bit_rate', '-of', 'csv=p=0', cut.file]);
  const encodeTo = key === null || key >= cut.to ? cut.to : key;
  const parts: string[] = [];
  if (encodeTo - cut.from > halfFrame) {
    parts.push(`head-${index}.mp4`);
    ffmpeg(['-ss', String(cut.from), '-i', cut.file, '-t', String(encodeTo - cut.from), '-c:v', 'libx264', '-b:v', bitRate, '-c:a', 'copy', '-video_track_timescale', '12288', `head-${index}.mp4`]);
  }
  if (cut.to - encodeTo > halfFrame) {
    parts.push(`rest-${index}.mp4`);
    ffmpeg(['-ss', String(encodeTo), '-i', cut.file, '-t', String(cut.to - encodeTo), '-c', 'copy', '-avoid_negative_ts', 'make_zero', '-video_track_timescale', '12288', `rest-${index}.mp4`]);
  }
  join(parts, `segment-${index}.mp4`);
  return `segment-${index}.mp4`;
}

const [list = '', output = ''] = process.argv.slice(2);
const cuts = JSON.parse(readFileSync(list, 'utf8')) as readonly Cut[];
join(cuts.map(makeSegment), output);
