/** Links that any player plays as the finished movie: the layout over Range. A link is signed, ends after some days, and with this run of the host. */
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { layOutTimeline, type LaidOut } from '../assembly/lay-out.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { ProgressMeter } from '../assembly/progress-meter.ts';
import type { JobWork } from './job-list.ts';
import { assemblyOptions } from './plan-project.ts';
import type { ProjectSession } from './project-session.ts';
import { projectTimeline } from './project-timeline.ts';

const lastsMs = 7 * 24 * 3600 * 1000;

export type Review = { readonly laidOut: LaidOut; readonly contentType: string };

export class Reviews {
  readonly #secret = randomBytes(32);
  readonly #reviews = new Map<string, Review>();
  readonly #now: () => number;
  #folder: string | null = null;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** The link's path is the first line of the job's report. */
  make(session: ProjectSession, asked: ExportSettings, host: AssemblyHost): JobWork {
    // A link is for looking at.
    const settings: ExportSettings = asked.container === 'wav' ? { ...asked, container: 'mov' } : asked;
    return async ({ signal, tell }) => {
      const { state } = session;
      const made = projectTimeline(state, (shotId) => state.shots.get(shotId)?.path ?? '');
      const meter = new ProgressMeter(({ done, total, etaSeconds }) => { tell({ phase: 'encoding the edges and the sound', progress: done / total, etaSeconds }); });
      const id = randomUUID();
      this.#folder ??= mkdtempSync(join(tmpdir(), 'stringout-review-'));
      const laidOut = await layOutTimeline(made.timeline, join(this.#folder, id), assemblyOptions(settings, made, [...state.markers.values()]), host, { signal, meter });
      this.#reviews.set(id, { laidOut, contentType: settings.container === 'mp4' ? 'video/mp4' : 'video/quicktime' });
      return { lines: [`/review/${this.#sign(id)}/${encodeURIComponent(state.sequence.name || 'movie')}.${settings.container}`], warnings: laidOut.warnings };
    };
  }

  /** Null: never was, has ended, or the signature is not ours. */
  find(signed: string): Review | null {
    const [id = '', expires = ''] = signed.split('.');
    const given = Buffer.from(signed);
    const ours = Buffer.from(this.#signature(id, expires));
    if (given.length !== ours.length || !timingSafeEqual(given, ours) || Number(expires) < this.#now()) return null;
    return this.#reviews.get(id) ?? null;
  }

  close(): void {
    for (const { laidOut } of this.#reviews.values()) laidOut.release();
    this.#reviews.clear();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }

  #sign(id: string): string {
    return this.#signature(id, String(this.#now() + lastsMs));
  }

  #signature(id: string, expires: string): string {
    return `${id}.${expires}.${createHmac('sha256', this.#secret).update(`${id}.${expires}`).digest('base64url')}`;
  }
}
