/** How many decoded frames wait at once while segments are made one after the other from a single pass of decoding. */

/** `outputs`: ranks in the order in which they are taken. A frame waits from its decoding until it is taken for the last time. */
export function mostHeld(outputs: readonly Uint32Array[]): number {
  const uses = new Map<number, number>();
  for (const ranks of outputs) for (const rank of ranks) uses.set(rank, (uses.get(rank) ?? 0) + 1);
  const ascending = [...uses.keys()].toSorted((a, b) => a - b);
  let decoded = 0;
  let held = 0;
  let most = 0;
  for (const ranks of outputs) {
    for (const rank of ranks) {
      while (decoded < ascending.length && (ascending[decoded] ?? 0) <= rank) {
        decoded++;
        held++;
      }
      most = Math.max(most, held);
      const left = (uses.get(rank) ?? 1) - 1;
      uses.set(rank, left);
      if (left === 0) held--;
    }
  }
  return most;
}
