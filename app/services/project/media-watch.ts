/**
 * Whether the project's files are still there, and still what they were: looked at when it is opened and every few seconds after. What vanished is
 * marked, what came back or changed is read again. Looking works on every disk and share; notices of the system do not.
 */
import { stat } from 'node:fs/promises';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { Shot } from '../../domain/project/project.ts';
import { indexShots } from './bring-in.ts';
import type { ProjectSession } from './project-session.ts';
import type { SourceLibrary } from './source-library.ts';

const lookEveryMs = 10_000;
const statsAtOnce = 8;

export class MediaWatch {
  readonly #session: ProjectSession;
  readonly #library: SourceLibrary;
  readonly #onTrouble: (error: unknown) => void;
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(session: ProjectSession, library: SourceLibrary, onTrouble: (error: unknown) => void) {
    this.#session = session;
    this.#library = library;
    this.#onTrouble = onTrouble;
    this.#looking = this.#finishIndexing().catch(onTrouble).finally(() => { this.#schedule(0); });
  }

  async close(): Promise<void> {
    this.#controller.abort();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  #schedule(milliseconds: number): void {
    if (this.#controller.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look().catch((error: unknown) => { if (!this.#controller.signal.aborted) this.#onTrouble(error); }).finally(() => { this.#schedule(lookEveryMs); });
    }, milliseconds);
    this.#timer.unref();
  }

  /** What was being brought in when the program ended. */
  async #finishIndexing(): Promise<void> {
    const unread = [...this.#session.state.shots.values()].filter(({ status }) => status === 'indexing');
    if (unread.length > 0) await indexShots(unread, this.#session, this.#library, this.#controller.signal, () => undefined);
  }

  async look(): Promise<void> {
    const gone: Shot[] = [];
    const anew: Shot[] = [];
    await forEachLimited([...this.#session.state.shots.values()], statsAtOnce, async (shot) => {
      // A sequence's pattern is no file: its folder is read when its frames are.
      if (shot.media?.isStill === false && shot.path.includes('%0')) return;
      const found = await stat(shot.path).catch(() => null);
      if (!found) {
        if (shot.status !== 'missing' && shot.status !== 'indexing') gone.push(shot);
      } else if (shot.status === 'missing' || (shot.media && shot.media.bytes !== found.size)) anew.push(shot);
    });
    this.#controller.signal.throwIfAborted();
    if (gone.length > 0) {
      this.#library.forget(gone.map(({ path }) => path));
      this.#session.note({ shots: { put: gone.flatMap(({ id }) => this.#session.state.shots.get(id) ?? []).map((shot): Shot => ({ ...shot, status: 'missing', problem: 'is not where it was: put it back, relink it, or take the shot out' })), remove: [] } });
    }
    if (anew.length === 0) return;
    this.#library.forget(anew.map(({ path }) => path));
    await indexShots(anew, this.#session, this.#library, this.#controller.signal, () => undefined);
  }
}
