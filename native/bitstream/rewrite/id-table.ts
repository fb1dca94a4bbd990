/**
 * Parameter sets of one kind under ids that do not collide. Sets that are equal but for their id share one.
 * A new id's ue(v) is as long as the old one's or longer by whole bytes, so that what follows it in a slice keeps its bit position.
 */
import { StringoutError } from '../../../app/base/errors.ts';
import { ueLength } from './bits.ts';

export class IdTable {
  readonly #most: number;
  readonly #byId = new Map<number, string>();

  /** Ids are 0..most. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The id is free or names the same content. */
  accepts(id: number, content: string): boolean {
    const held = this.#byId.get(id);
    return id <= this.#most && (held === undefined || held === content);
  }

  keep(id: number, content: string): void {
    this.#byId.set(id, content);
  }

  /** The id for content whose own id is taken. `isAny`: no slice names it, so that other lengths do as well, after the fitting ones. */
  place(oldId: number, content: string, isAny: boolean): number {
    const all = Array.from({ length: this.#most + 1 }, (_, id) => id);
    const fits = (id: number): boolean => isSameClass(id, oldId);
    const held = all.find((id) => this.#byId.get(id) === content && (isAny || fits(id)));
    if (held !== undefined) return held;
    const free = all.filter((id) => !this.#byId.has(id));
    const id = free.find(fits) ?? (isAny ? free[0] : undefined);
    if (id === undefined) {
      throw new StringoutError('plan.impossible', 'more different encoder set-ups than one track can hold parameter sets for; encode some of the clips, or choose a profile');
    }
    this.#byId.set(id, content);
    return id;
  }
}

/** Replacing one id by the other moves what follows by whole bytes. */
export function isSameClass(a: number, b: number): boolean {
  return (ueLength(a) - ueLength(b)) % 8 === 0;
}
