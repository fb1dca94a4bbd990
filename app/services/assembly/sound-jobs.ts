/** Render jobs of the programme's sound, each segment once, and the segment of silence that all holes share. */
import type { SoundRenderRequest } from '../../contract/jobs/sound-render.ts';
import { aacFrame, silenceKey, type SoundAction, type SoundPlan } from '../../domain/plan/sound-plan.ts';
import type { SoundSpan } from '../../domain/plan/sound-span.ts';
import { spanParts } from './sound-parts.ts';

export type SoundJob = {
  readonly key: string;
  /** Made when the job is sent, so that waiting jobs hold no tables. */
  readonly request: () => SoundRenderRequest;
  /** What is heard in it; empty for silence. */
  readonly spans: readonly SoundSpan[];
  /** Samples of the programme that it makes. */
  readonly samples: number;
};

/** One second of PCM, or so many AAC packets that one of them is surely silent through and through. */
const silentPackets = 5;

export function soundJobs(plan: SoundPlan, isThere: (key: string) => boolean, pathFor: (key: string) => string): SoundJob[] {
  const { format, bitRate } = plan.profile;
  const isAac = format.codec === 'aac';
  const jobs = new Map<string, SoundJob>();
  for (const action of plan.actions) {
    if (action.kind !== 'render' || jobs.has(action.key) || isThere(action.key)) continue;
    const { key, from, to, spans } = action;
    jobs.set(key, {
      key, spans, samples: (to - from) * (isAac ? aacFrame : 1),
      request: () => ({ kind: 'sound.render', path: pathFor(key), format, bitRate, from, to, parts: spanParts(spans, format.sampleRate) }),
    });
  }
  const key = silenceKey(plan.profile);
  if (needsSilence(plan.actions) && !isThere(key)) {
    const to = isAac ? silentPackets : format.sampleRate;
    jobs.set(key, { key, spans: [], samples: 0, request: () => ({ kind: 'sound.render', path: pathFor(key), format, bitRate, from: 0, to, parts: [] }) });
  }
  return [...jobs.values()];
}

export function needsSilence(actions: readonly SoundAction[]): boolean {
  return actions.some((action) => action.kind === 'silence' && action.length > 0);
}
