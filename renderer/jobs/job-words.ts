/** A job in words: its state, how long it still takes. Pure. */
import type { Job, JobState } from '../../app/contract/editor/export-settings.ts';
import { formatSeconds } from '../texts/format.ts';
import { text, type TextKey } from '../texts/text.ts';

const states: Readonly<Record<JobState, TextKey>> = {
  queued: 'job.queued', running: 'job.running', paused: 'job.paused', done: 'job.done', failed: 'job.failed', cancelled: 'job.cancelled', interrupted: 'job.interrupted',
};

export function isAlive({ state }: Job): boolean {
  return state === 'running' || state === 'queued';
}

export function canResume({ state }: Job): boolean {
  return state === 'paused' || state === 'interrupted' || state === 'failed' || state === 'cancelled';
}

/** "41 % · encoding edges · 214 frames a second · 12 s left". */
export function jobLine(job: Job): string {
  if (job.state !== 'running') return [text(states[job.state]), job.phase === 'waiting' ? '' : job.phase].filter((part) => part !== '').join(' · ');
  const parts = [
    text('job.percent', { percent: Math.floor(job.progress * 100) }), job.phase, job.throughput,
    job.etaSeconds === null ? '' : text('job.left', { time: formatSeconds(job.etaSeconds) }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
