/** Finding commands and shots by a few letters, best first. Pure. */

/** Higher is better; null: the letters are not in the name in that order. */
function score(name: string, typed: string): number | null {
  const letters = typed.toLowerCase().replaceAll(/\s+/g, '');
  if (letters === '') return 0;
  const text = name.toLowerCase();
  const whole = text.indexOf(typed.toLowerCase().trim());
  if (whole >= 0) return 1000 - whole - text.length / 100 + (whole === 0 || text[whole - 1] === ' ' ? 200 : 0);
  let points = 0;
  let at = -1;
  for (const letter of letters) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return null;
    // Beginnings of words, and letters side by side, are what people type.
    if (next === at + 1) points += 4;
    else if (next === 0 || text[next - 1] === ' ') points += 6;
    else points -= Math.min(3, next - at);
    at = next;
  }
  return points;
}

export function best<Item>(items: Iterable<Item>, typed: string, nameOf: (item: Item) => string, most: number): readonly Item[] {
  const found: { readonly item: Item; readonly points: number }[] = [];
  for (const item of items) {
    const points = score(nameOf(item), typed);
    if (points !== null) found.push({ item, points });
  }
  return found.toSorted((a, b) => b.points - a.points).slice(0, most).map(({ item }) => item);
}
