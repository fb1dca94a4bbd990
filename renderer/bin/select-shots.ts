/** Selecting in a list as file managers do: plain, with Control, with Shift; by pointer and by keys. Pure. */

export type SelectedRows = {
  readonly ids: ReadonlySet<number>;
  /** Where a range begins. */
  readonly anchor: number | null;
  /** Where the keys go on from. */
  readonly active: number | null;
};

export type Modifiers = { readonly isExtending: boolean; readonly isToggling: boolean };

/** `order` are the ids as they are shown. */
export function selectRow(before: SelectedRows, id: number, order: readonly number[], { isExtending, isToggling }: Modifiers): SelectedRows {
  if (isExtending && before.anchor !== null && order.includes(before.anchor)) {
    const [from, to] = [order.indexOf(before.anchor), order.indexOf(id)].toSorted((a, b) => a - b) as [number, number];
    const range = order.slice(from, to + 1);
    return { ids: new Set(isToggling ? [...before.ids, ...range] : range), anchor: before.anchor, active: id };
  }
  if (isToggling) {
    const ids = new Set(before.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, anchor: id, active: id };
  }
  return { ids: new Set([id]), anchor: id, active: id };
}

/** `by` rows up or down, staying inside. Null where there is nowhere to go. */
export function rowFrom(active: number | null, order: readonly number[], by: number): number | null {
  if (order.length === 0) return null;
  const at = active === null ? -1 : order.indexOf(active);
  if (at < 0) return order[by > 0 ? 0 : order.length - 1] ?? null;
  return order[Math.min(Math.max(at + by, 0), order.length - 1)] ?? null;
}
