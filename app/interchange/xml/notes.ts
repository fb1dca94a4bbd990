/** Collects diagnostics and losses; one that comes again is counted, not repeated. */
import type { Diagnostic, Loss } from '../document.ts';
import type { XmlElement } from './element.ts';

export class Notes {
  readonly #found = new Map<string, { readonly line: number | null; readonly element: string | null; readonly message: string; count: number }>();

  /** `item` gives line and name; equal messages about the same kind of element are one. */
  add(message: string, item: XmlElement | null = null): void {
    this.#count(message, item?.line ?? null, item?.name ?? null);
  }

  lose(element: string, message: string): void {
    this.#count(message, null, element);
  }

  get diagnostics(): Diagnostic[] {
    return [...this.#found.values()].map(({ line, element, message, count }) => ({ line, element, message: counted(message, count) }));
  }

  get losses(): Loss[] {
    return [...this.#found.values()].map(({ element, message, count }) => ({ element: element ?? 'timeline', message: counted(message, count) }));
  }

  #count(message: string, line: number | null, element: string | null): void {
    const key = `${element ?? ''}\n${message}`;
    const known = this.#found.get(key);
    if (known) known.count += 1;
    else this.#found.set(key, { line, element, message, count: 1 });
  }
}

function counted(message: string, count: number): string {
  return count === 1 ? message : `${message} (${count} times)`;
}
