/** Short messages in the corner. Errors stay until they are closed, others leave by themselves. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type Notice = { readonly id: number; readonly level: 'info' | 'warning' | 'error'; readonly text: string };

export type NoticesStore = StoreApi<{ readonly notices: readonly Notice[] }>;

const mostShown = 4;
const shownMs = 6000;

export class Notices {
  readonly store: NoticesStore = createStore(() => ({ notices: [] }));
  #nextId = 1;

  /** The same sentence is not shown twice at a time. */
  show(level: Notice['level'], sentence: string): void {
    if (this.store.getState().notices.some(({ text }) => text === sentence)) return;
    const notice: Notice = { id: this.#nextId++, level, text: sentence };
    this.store.setState(({ notices }) => ({ notices: [...notices, notice].slice(-mostShown) }));
    if (level !== 'error') setTimeout(() => { this.close(notice.id); }, shownMs);
  }

  close(id: number): void {
    this.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  }
}
