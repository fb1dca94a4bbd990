/** Collects diagnostics; one that comes again is counted, not repeated. */
import type { Diagnostic } from '../document.ts';
import type { XmlElement } from './element.ts';

export class Notes {
  readonly #found = new Map<string, { readonly first: Diagnostic; count: number }>();

  /** `item` gives line and name; equal messages about the same kind of element are one. */
  add(message: string, item: XmlElement | null = null): void {
    const key = `${item?.name ?? ''}\n${message}`;
    const known = this.#found.get(key);
    if (known) known.count += 1;
    else this.#found.set(key, { first: { line: item?.line ?? null, element: item?.name ?? null, message }, count: 1 });
  }

  list(): Diagnostic[] {
    return [...this.#found.values()].map(({ first, count }) => (count === 1 ? first : { ...first, message: `${first.message} (${count} times)` }));
  }
}
