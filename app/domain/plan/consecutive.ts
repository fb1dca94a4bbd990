/** Runs of whole numbers, most of what plans are made of, without a table for each: all are views of one. */

let numbers = new Uint32Array(0);
const fewest = 4096;

/** from, from + 1, ... to - 1. Shared: not to be written to. */
export function consecutive(from: number, to: number): Uint32Array {
  if (to > numbers.length) numbers = new Uint32Array(Math.max(fewest, Math.ceil(to * 1.5))).map((_, i) => i);
  return numbers.subarray(from, to);
}

/** Of numbers that ascend. */
export function isConsecutive(ascending: Uint32Array): boolean {
  return (ascending.at(-1) ?? -1) - (ascending[0] ?? 0) + 1 === ascending.length;
}
