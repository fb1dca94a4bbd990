/**
 * Pulls: each clip of the sequence as a file of its own, with handles, under the timecode of its shot: what goes to visual effects and to the lab. A clip that
 * fails is named, and the others go on.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError, flattenError, StringoutError } from '../../base/errors.ts';
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { flattenPicture, type FlatClip } from '../../domain/edits/flatten.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import { atRate } from '../../domain/rational.ts';
import type { StartLabel, Timeline } from '../../domain/timeline.ts';
import { assemble } from '../assembly/assemble.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { ProgressMeter } from '../assembly/progress-meter.ts';
import { verifyMovie } from '../verification/verify-movie.ts';
import { fileNameOf } from './file-name.ts';
import type { JobWork } from './job-list.ts';
import { assemblyOptions } from './plan-project.ts';
import type { ProjectSession } from './project-session.ts';

/** Files go into `folder`, which is made: "0001 shot name.mov" and so on, in the order of the sequence. */
export function exportClips(session: ProjectSession, settings: ExportSettings, folder: string, host: AssemblyHost): JobWork {
  return async ({ signal, tell }) => {
    const { state } = session;
    const clips = flattenPicture(state).filter((clip) => isWanted(clip, settings));
    if (clips.length === 0) throw new StringoutError('list.invalid', 'there is no clip to export: put shots on the timeline, or choose another range');
    await mkdir(folder, { recursive: true });
    const warnings: string[] = [];
    let made = 0;
    for (const [index, clip] of clips.entries()) {
      signal.throwIfAborted();
      const name = `${String(index + 1).padStart(4, '0')} ${fileNameOf(state.shots.get(clip.shotId)?.name ?? 'clip')}.${settings.container}`;
      tell({ phase: name, progress: index / clips.length, throughput: `${index} of ${clips.length} clips` });
      try {
        await exportOne(state, clip, settings, join(folder, name), host, signal);
        made++;
      } catch (error) {
        signal.throwIfAborted();
        warnings.push(`${name}: ${describeError(flattenError(error))}`);
      }
    }
    if (made === 0) throw new StringoutError('output.failed', `no clip could be made: ${warnings[0] ?? ''}`, { file: folder });
    return { lines: [`${made} of ${clips.length} clips in ${folder}`], warnings };
  };
}

async function exportOne(state: ProjectState, clip: FlatClip, settings: ExportSettings, path: string, host: AssemblyHost, signal: AbortSignal): Promise<void> {
  const { rate } = state.sequence;
  const shot = state.shots.get(clip.shotId);
  const position = (value: number) => ({ unit: 'media', value, rate, origin: 0 }) as const;
  const timeline: Timeline = {
    name: shot?.name ?? 'clip', rate, start: startLabel(state, clip, settings.handles), warnings: [], origin: state.sequence.name,
    items: [{
      kind: 'clip', name: shot?.name ?? 'clip', media: shot?.path ?? '', range: { in: position(clip.sourceIn), out: position(clip.sourceIn + clip.length) }, line: null,
      reel: shot?.reel ?? null, scene: shot?.scene ?? null, take: shot?.take ?? null, note: shot?.note ?? null,
    }],
  };
  const options = { ...assemblyOptions({ ...settings, range: null, chapters: 'none' }, { timeline, shown: [clip] }, []), handles: settings.handles };
  const meter = new ProgressMeter(() => undefined);
  const began = performance.now();
  const { report, preparation } = await assemble(timeline, path, options, host, { signal, meter, startSeconds: 0, uptime: () => (performance.now() - began) / 1000 });
  if (!settings.verify || settings.container === 'wav') return; // there is no picture to compare
  const { ok, warnings } = await verifyMovie(report.output, preparation.plan, preparation.sound, host.jobs, { all: true, signal, onProgress: () => undefined, onSeam: () => undefined });
  if (!ok) throw new StringoutError('verify.failed', `the file is not what the timeline says: ${warnings.join('; ')}`, { file: report.output });
}

/** The shot's own label where it has one. */
function startLabel(state: ProjectState, clip: FlatClip, handles: number): StartLabel | null {
  const media = state.shots.get(clip.shotId)?.media;
  if (!media?.timecode) return null;
  const before = clip.sourceIn - Math.min(handles, clip.sourceIn);
  return { frame: media.timecode.frame + atRate(before, state.sequence.rate, media.rate), rate: media.rate, dropFrame: media.timecode.dropFrame };
}

function isWanted({ start, length }: FlatClip, { range }: ExportSettings): boolean {
  return range === null || (start < range.to && start + length > range.from);
}
