/**
 * Stems: each sound track of the sequence as a WAV file of its own, all as long as the programme and under its timecode, so that they lie in sync wherever
 * they are put together again.
 */
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StringoutError } from '../../base/errors.ts';
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { programmeLength, soundClips } from '../../domain/edits/programme.ts';
import type { ProjectState, Track } from '../../domain/project/project.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { assemble } from '../assembly/assemble.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { ProgressMeter } from '../assembly/progress-meter.ts';
import { fileNameOf } from './file-name.ts';
import type { JobWork } from './job-list.ts';
import { assemblyOptions } from './plan-project.ts';
import type { ProjectSession } from './project-session.ts';
import { soundOf } from './project-timeline.ts';

/** Files go into `folder`, which is made: "film A1.wav" and so on. */
export function exportStems(session: ProjectSession, settings: ExportSettings, folder: string, host: AssemblyHost): JobWork {
  return async ({ signal, tell }) => {
    const { state } = session;
    const tracks = [...state.tracks.values()].filter((track) => track.kind === 'sound').toSorted((a, b) => a.position - b.position);
    const stems = tracks.map((track) => stemOf(state, track)).filter(({ sound }) => (sound ?? []).length > 0);
    if (stems.length === 0) throw new StringoutError('list.invalid', 'there is no sound to export: put shots with sound on the timeline, or switch their tracks on');
    await mkdir(folder, { recursive: true });
    const lines: string[] = [];
    const warnings: string[] = [];
    for (const [index, timeline] of stems.entries()) {
      const path = join(folder, `${fileNameOf(`${basename(folder).replace(/ stems$/, '')} ${timeline.name}`)}.wav`);
      tell({ phase: timeline.name, throughput: `${index} of ${stems.length} tracks` });
      const meter = new ProgressMeter(({ done, total }) => { tell({ progress: (index + done / total) / stems.length }); });
      const began = performance.now();
      const options = assemblyOptions({ ...settings, container: 'wav', profile: 'match', sound: 'exact', chapters: 'none', burnIn: null }, { timeline, shown: [] }, []);
      const { report } = await assemble(timeline, path, options, host, { signal, meter, startSeconds: 0, uptime: () => (performance.now() - began) / 1000 });
      lines.push(`${report.output}: ${report.seconds.toFixed(1)} s`);
      warnings.push(...report.warnings.map((warning) => `${timeline.name}: ${warning}`));
    }
    return { lines, warnings };
  };
}

/** One track with all of the programme's length. */
function stemOf(state: ProjectState, track: Track): Timeline {
  const { sequence } = state;
  const { rate } = sequence;
  return {
    name: track.name, rate, start: { frame: sequence.startFrame, rate, dropFrame: sequence.dropFrame }, warnings: [], origin: sequence.name,
    items: [{ kind: 'gap', duration: { frames: programmeLength(state), rate } }],
    sound: soundClips(state).filter(({ trackId }) => trackId === track.id).map((clip) => soundOf(state, clip, state.shots.get(clip.shotId)?.path ?? '')),
  };
}
