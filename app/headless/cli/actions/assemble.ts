import { dirname, resolve } from 'node:path';
import { StringoutError } from '../../../base/errors.ts';
import type { Timeline } from '../../../domain/timeline.ts';
import { assemble, type Assembled } from '../../../services/assembly/assemble.ts';
import type { AssemblyReport } from '../../../services/assembly/report.ts';
import { checkTarget, containerOf } from '../../../services/assembly/target.ts';
import { readTimeline } from '../../../services/inputs/read-timeline.ts';
import { assemblyOptions, listOptions, type CliOptions } from '../cli-options.ts';
import { formatBytes, formatSeconds, printable, type Output } from '../output.ts';
import { interruption } from '../interruption.ts';
import { withSession, type Session } from '../session.ts';
import { verifyAssembled } from './verify.ts';

/** 0, or 3 where clips had to be left black. */
export async function assembleAction(input: string, options: CliOptions): Promise<number> {
  const output = resolve(options.output ?? '');
  // Before a temporary folder is made beside it.
  await checkTarget(output);
  const timeline = await readTimeline(input, listOptions(options));
  return withSession(options, dirname(output), async (session) => {
    const { assembled, isVerified } = await assembleAndReport(timeline, output, options, session);
    if (!isVerified) return 1;
    return assembled.failures.length > 0 ? 3 : 0;
  });
}

/** `since`: the process' uptime at which the work began, where it did other work before. */
export async function assembleAndReport(
  timeline: Timeline, path: string, options: CliOptions, session: Session, since = 0,
): Promise<{ assembled: Assembled; isVerified: boolean }> {
  const { running, output, meter, signal } = session;
  const uptime = (): number => process.uptime() - since;
  const startSeconds = round(uptime());
  if (options.verify && containerOf(path) === 'wav') throw new StringoutError('usage', '--verify compares pictures, and .wav has none: leave it out', { file: path });
  if (options.verify) meter.expect({ verify: verifySeconds(timeline.items.length) });
  const assembled = await assemble(timeline, path, assemblyOptions(options, containerOf(path), timeline), running.host, {
    signal, meter, startSeconds, uptime,
  });
  interruption.note(`${printable(path)} is written, and not verified to its end`);
  const verification = options.verify ? await verifyAssembled(assembled.report.output, assembled.preparation, { ...options, all: true }, session) : null;
  const { report } = assembled;
  output.finish();
  for (const warning of report.warnings) output.warn(warning);
  output.event({ event: 'report', ...report, wallSeconds: round(report.wallSeconds), syncSeconds: round(report.syncSeconds) });
  printReport(report, output);
  return { assembled, isVerified: verification?.ok ?? true };
}

function printReport(report: AssemblyReport, output: Output): void {
  const { steps } = report;
  const said = Object.entries(steps).filter(([, count]) => count > 0).map(([step, count]) => `${count} ${step}`);
  output.line(report.output);
  output.line(`  ${report.clips} clips, ${report.frames} frames, ${formatSeconds(report.seconds)} of movie; ${said.join(', ')}; ${report.framesEncoded} frames encoded; sound ${report.sound}`);
  output.line(`  ${formatBytes(report.bytesWritten)} in ${formatSeconds(report.wallSeconds)} (start ${formatSeconds(report.startSeconds)}, final sync ${formatSeconds(report.syncSeconds)}), at most ${formatBytes(report.peakRssBytes)} of memory`);
}

/** Before its length is known: some 60 frames a shot. */
function verifySeconds(clips: number): number {
  return 0.04 * clips;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
