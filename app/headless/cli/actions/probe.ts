import { resolve } from 'node:path';
import { describeError } from '../../../base/errors.ts';
import { formatRational, rational, rationalToNumber } from '../../../domain/rational.ts';
import { sampleFlags, sourceFrames, type Source } from '../../../domain/source.ts';
import { formatTimecode } from '../../../domain/timecode.ts';
import { indexSources } from '../../../services/assembly/index-sources.ts';
import type { CliOptions } from '../cli-options.ts';
import { formatBytes, formatSeconds, printable } from '../output.ts';
import { withSession } from '../session.ts';
import { hashLines, ProbedHashes } from './probe-hashes.ts';

export type ProbeOptions = CliOptions & { readonly check: boolean };

/** Every file is told of; 1 where one of them cannot be used, or is not what a hash list says. */
export async function probeAction(paths: readonly string[], options: ProbeOptions): Promise<number> {
  return withSession(options, null, async ({ running, output, meter, signal }) => {
    const warnings: string[] = [];
    const files = paths.map((path) => resolve(path));
    const indexed = await indexSources(files, running.host, { signal, warnings, sequenceRate: () => rational(24), onProgress: () => undefined });
    for (const warning of warnings) output.warn(warning);
    const hashes = new ProbedHashes(running.host.jobs, output, signal, options.check);
    if (options.check) {
      meter.expect({ verify: 1 });
      const there = files.filter((file) => indexed.get(file)?.error?.code !== 'input.missing');
      await hashes.check(there, (done, of) => { meter.update('verify', done, of); });
      output.finish();
    }
    let failed = 0;
    for (const file of files) {
      const entry = indexed.get(file);
      const known = await hashes.find(file);
      if (entry?.source) {
        output.event({ ...describe(entry.source), hashes: known.map(({ file: name, method, value, date, list }) => ({ file: name, method, value, date, list })) });
        for (const line of lines(entry.source)) output.line(line);
      } else if (entry) {
        failed++;
        output.event({ event: 'source', path: file, error: entry.error });
        process.stderr.write(`stringout: ${describeError(entry.error)}\n`);
      }
      for (const line of hashLines(known)) output.line(line);
      if (options.check && !await hashes.tell(file)) failed++;
    }
    return failed + (options.check ? hashes.brokenLists : 0) > 0 ? 1 : 0;
  });
}

function describe(source: Source): Record<string, unknown> {
  const { picture, sound, timecode } = source;
  return {
    event: 'source', path: source.path, container: source.container, bytes: source.size, fingerprint: source.fingerprint,
    picture: picture && {
      codec: picture.format.codec, profile: picture.format.profile, width: picture.format.width, height: picture.format.height,
      rate: formatRational(picture.rate), isConstantRate: picture.isConstantRate, isStill: picture.isStill, frames: sourceFrames(source),
      pixelFormat: picture.format.pixelFormat, range: picture.format.range, colour: picture.format.colour, fieldOrder: picture.format.fieldOrder,
      sar: formatRational(picture.format.sar), rotation: picture.format.rotation, keyFrames: keyFrames(source), copyObstacle: picture.copyObstacle,
    },
    sound: sound && {
      codec: sound.format.codec, sampleRate: sound.format.sampleRate, channels: sound.format.channels, layout: sound.format.layout, bits: sound.format.bits,
      samples: sound.length,
    },
    timecode: timecode ? formatTimecode(timecode.frame, timecode.rate, timecode.dropFrame) : null,
    reel: source.reel, created: source.created, warnings: source.warnings,
  };
}

function lines(source: Source): string[] {
  const { picture, sound, timecode } = source;
  const told = [`${printable(source.path)}  ${source.container}, ${formatBytes(source.size)}`];
  if (picture) {
    const { format } = picture;
    const frames = sourceFrames(source);
    told.push(`  picture  ${format.codec} ${format.profile} ${format.width}x${format.height} ${format.pixelFormat}, ${picture.isStill ? 'still'
      : `${formatRational(picture.rate)} fps${picture.isConstantRate ? '' : ' (variable)'}, ${frames} frames, ${formatSeconds(frames / rationalToNumber(picture.rate))}, ${keyFrames(source)} key frames`}`);
  }
  if (sound) told.push(`  sound    ${sound.format.codec} ${sound.format.sampleRate} Hz, ${sound.format.layout}`);
  if (timecode) told.push(`  timecode ${formatTimecode(timecode.frame, timecode.rate, timecode.dropFrame)}${source.reel ? `, reel ${printable(source.reel)}` : ''}`);
  return [...told, ...source.warnings.map((warning) => `  note     ${printable(warning)}`)];
}

function keyFrames(source: Source): number {
  let count = 0;
  for (const flags of source.picture?.samples.flags ?? []) if ((flags & (sampleFlags.closed | sampleFlags.cra)) !== 0) count++;
  return count;
}
