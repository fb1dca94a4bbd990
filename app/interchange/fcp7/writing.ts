/** What is known while xmeml is written: ids given away, files and sequences that were defined, and what was lost. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentItem } from '../document.ts';
import { LossList } from '../losses.ts';
import { childOf, element, mapElements, textAt, textElement, type XmlElement } from '../xml/element.ts';

type Position = { readonly type: 'video' | 'audio'; readonly track: number; readonly clip: number };

export class Fcp7Writing {
  readonly losses = new LossList();
  /** Of the timeline. */
  readonly rate: Rational;
  readonly #ids = new Set<string>();
  /** The last given to each kind. */
  readonly #numbers = new Map<string, number>();
  readonly #defined = new Map<string, string>();
  readonly #positions = new Map<string, Position>();
  readonly #uses = new Map<string, Set<'video' | 'audio'>>();

  constructor(rate: Rational) {
    this.rate = rate;
  }

  /** `wanted` where no one has it yet, else a new one. */
  id(wanted: string | null, kind: string): string {
    let id = wanted;
    while (id === null || this.#ids.has(id)) {
      const number = (this.#numbers.get(kind) ?? 0) + 1;
      this.#numbers.set(kind, number);
      id = `${kind}-${number}`;
    }
    this.#ids.add(id);
    return id;
  }

  /** One element for each content: defined where it comes first, a reference by id after that. */
  once(name: string, content: unknown, wanted: string | null, define: (id: string) => XmlElement): XmlElement {
    const key = `${name}\n${JSON.stringify(content, withoutLines)}`;
    const known = this.#defined.get(key);
    if (known !== undefined) return element(name, { id: known });
    const id = this.id(wanted, name);
    this.#defined.set(key, id);
    return define(id);
  }

  place(id: string, position: Position): void {
    this.#positions.set(id, position);
  }

  /** Notes in which kind of track each of the media is used. */
  noteUses(items: readonly DocumentItem[], type: 'video' | 'audio'): void {
    for (const item of items) {
      if (item.kind === 'track') this.noteUses(item.items, item.type);
      if (item.kind === 'stack') this.noteUses(item.tracks, type);
      if (item.kind === 'clip') this.#uses.set(JSON.stringify(item.media), (this.#uses.get(JSON.stringify(item.media)) ?? new Set()).add(type));
    }
  }

  usesOf(media: unknown): ReadonlySet<'video' | 'audio'> {
    return this.#uses.get(JSON.stringify(media)) ?? new Set();
  }

  /** Links name places that are known only at the end; those to clips that are gone are taken out. */
  fillLinks(root: XmlElement): XmlElement {
    const filled = mapElements(root, (item) => {
      const ref = item.name === 'link' ? textAt(item, 'linkclipref') : null;
      const at = ref === null ? undefined : this.#positions.get(ref);
      if (ref === null || item.name !== 'link') return item;
      if (!at) return null;
      return element('link', {}, [
        textElement('linkclipref', ref), textElement('mediatype', at.type), textElement('trackindex', at.track), textElement('clipindex', at.clip), childOf(item, 'groupindex'),
      ]);
    });
    return filled ?? root;
  }
}

function withoutLines(key: string, value: unknown): unknown {
  return key === 'line' ? undefined : value;
}
