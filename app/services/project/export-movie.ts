/** An export as a job: the project as it is when it starts, assembled, verified, reported in a file beside the movie. */
import { writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import { StringoutError } from '../../base/errors.ts';
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { assemble } from '../assembly/assemble.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { ProgressMeter, type AssemblyPhase } from '../assembly/progress-meter.ts';
import type { AssemblyReport } from '../assembly/report.ts';
import { verifyMovie } from '../verification/verify-movie.ts';
import type { JobWork } from './job-list.ts';
import { assemblyOptions } from './plan-project.ts';
import type { ProjectSession } from './project-session.ts';
import { projectTimeline } from './project-timeline.ts';
import { slateOf } from './slate.ts';

const phases: Readonly<Record<AssemblyPhase, string>> = {
  index: 'reading the shots', encode: 'encoding what must be encoded', sound: 'making the sound', write: 'writing the movie', verify: 'verifying the movie',
};

export function exportMovie(session: ProjectSession, settings: ExportSettings, output: string, host: AssemblyHost): JobWork {
  return async ({ signal, tell }) => {
    const began = performance.now();
    const { state } = session;
    const made = projectTimeline(state, (shotId) => state.shots.get(shotId)?.path ?? '');
    const { timeline } = made;
    if (timeline.items.length === 0) throw new StringoutError('list.invalid', 'the timeline is empty: put shots on it first');
    const meter = new ProgressMeter(({ phase, done, total, etaSeconds }) => { tell({ phase: phases[phase], progress: done / total, etaSeconds }); });
    if (settings.verify) meter.expect({ verify: 0.04 * timeline.items.length });
    const options = assemblyOptions(settings, made, [...state.markers.values()]);
    const isVerified = settings.verify && settings.container !== 'wav'; // there is no picture to compare
    const { report, preparation } = await assemble(timeline, output, { ...options, leader: settings.slate ? slateOf(state, state.sequence.name || parse(output).name, settings) : null }, host, {
      signal, meter, startSeconds: 0, uptime: () => (performance.now() - began) / 1000,
    });
    const lines = describeReport(report);
    if (isVerified) {
      meter.expect({ verify: preparation.plan.frames / 1500 });
      const verification = await verifyMovie(report.output, preparation.plan, preparation.sound, host.jobs, {
        all: true, signal, onProgress: (done, total) => { meter.update('verify', done, total); }, onSeam: () => undefined,
      });
      if (!verification.ok) throw new StringoutError('verify.failed', `the movie is not what the timeline says: ${verification.warnings.join('; ')}`, { file: report.output });
      lines.push(`verified: ${verification.frames} of ${verification.expected} frames`);
    }
    const reportPath = `${report.output}.report.json`;
    await writeFile(reportPath, `${JSON.stringify({ ...report, settings, sequence: state.sequence.name, verified: isVerified }, null, 2)}\n`);
    lines.push(`report: ${reportPath}`);
    return { lines, warnings: report.warnings };
  };
}

function describeReport(report: AssemblyReport): string[] {
  const { steps } = report;
  const said = Object.entries(steps).filter(([, count]) => count > 0).map(([step, count]) => `${count} ${step}`);
  return [
    `${report.clips} clips, ${report.frames} frames, ${report.seconds.toFixed(1)} s of movie; ${said.join(', ')}; ${report.framesEncoded} frames encoded; sound ${report.sound}`,
    `${(report.bytesWritten / 1e6).toFixed(1)} MB in ${report.wallSeconds.toFixed(1)} s`,
  ];
}
