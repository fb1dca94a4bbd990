/** What a format cannot carry, gathered while it is written: a thing that happens to many is said once. */
import type { Loss } from './document.ts';

export class LossList {
  readonly #byMessage = new Map<string, string[]>();

  /** `message` says what became of `element`. */
  add(element: string, message: string): void {
    const elements = this.#byMessage.get(message);
    if (elements) elements.push(element);
    else this.#byMessage.set(message, [element]);
  }

  list(): Loss[] {
    return [...this.#byMessage].map(([message, elements]) => ({ element: nameAll(elements), message }));
  }
}

const mostNamed = 3;

function nameAll(elements: readonly string[]): string {
  if (elements.length <= mostNamed) return elements.join(', ');
  return `${elements.slice(0, mostNamed - 1).join(', ')} and ${elements.length - mostNamed + 1} more`;
}
