/** The cost bar's plan: made anew after every edit, the newest state wins, told as one event. */
import { noCost, projectCost } from './plan-project.ts';
import type { Cost } from '../../contract/editor/commands.ts';
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import type { ProjectSession } from './project-session.ts';
import { projectTimeline } from './project-timeline.ts';
import type { SourceLibrary } from './source-library.ts';

export class CostService {
  readonly #session: ProjectSession;
  readonly #library: SourceLibrary;
  readonly #settings: () => ExportSettings;
  readonly #isCached: (key: string) => boolean;
  readonly #controller = new AbortController();
  #isStale = false;
  #working: Promise<void> | null = null;
  #latest: Cost = noCost(0, null);

  constructor(session: ProjectSession, library: SourceLibrary, settings: () => ExportSettings, isCached: (key: string) => boolean) {
    this.#session = session;
    this.#library = library;
    this.#settings = settings;
    this.#isCached = isCached;
    session.changed.on((change) => { if (change.clips ?? change.shots ?? change.tracks ?? change.sequence) this.refresh(); });
  }

  /** After an edit, other settings, or segments that were made. */
  refresh(): void {
    this.#isStale = true;
    // Settles by itself: #work keeps every failure as the cost's problem.
    this.#working ??= this.#work().finally(() => { this.#working = null; });
  }

  /** The plan of the newest revision. */
  async current(): Promise<Cost> {
    if (this.#latest.revision !== this.#session.revision) this.refresh();
    await this.#working;
    return this.#latest;
  }

  async close(): Promise<void> {
    this.#controller.abort();
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#isStale && !this.#controller.signal.aborted) {
      this.#isStale = false;
      // One turn for the edits that come together.
      await new Promise((resolve) => { setImmediate(resolve); });
      this.#latest = await this.#plan().catch((error: unknown) => noCost(this.#session.revision, error instanceof Error ? error.message : String(error)));
      this.#session.log.publish('cost.changed', this.#latest);
    }
  }

  async #plan(): Promise<Cost> {
    const { revision, state } = this.#session;
    const made = projectTimeline(state, (shotId) => state.shots.get(shotId)?.path ?? '');
    const paths = new Set(made.timeline.items.flatMap((item) => (item.kind === 'clip' ? [item.media] : [])));
    const indexed = await this.#library.getMany([...paths], state.sequence.rate, this.#controller.signal);
    return projectCost(revision, made, indexed, this.#settings(), this.#isCached);
  }
}
