/** What reading one file shares: where it is in it, and what it has to say. */
import type { Diagnostic, TimeRange } from '../document.ts';
import type { Fields } from './kept.ts';
import { readTimeRange } from './time.ts';

export class Reading {
  readonly diagnostics: Diagnostic[] = [];
  #element: string | null = null;

  /** Names the item at hand in what is noted meanwhile. */
  within<T>(element: string, read: () => T): T {
    const outer = this.#element;
    this.#element = element;
    try {
      return read();
    } finally {
      this.#element = outer;
    }
  }

  note(message: string): void {
    this.diagnostics.push({ line: null, element: this.#element, message });
  }

  /** Null where there is none; one without a length is noted and kept as it is. */
  range(fields: Fields, key: string): TimeRange | null {
    const range = fields.field(key, readTimeRange);
    if (!range && fields.has(key)) this.note(`its ${key} tells no length at a rate: kept, and read as if it were not there`);
    return range;
  }
}
