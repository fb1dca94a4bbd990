/** One value of many: theirs where they agree. Pure. */

/** `isMixed` where they differ; `value` is the first one's then. */
export type Mixed<Value> = { readonly value: Value; readonly isMixed: boolean };

export function mixed<Row, Value>(rows: readonly [Row, ...Row[]], valueOf: (row: Row) => Value): Mixed<Value> {
  const value = valueOf(rows[0]);
  return { value, isMixed: rows.some((row) => valueOf(row) !== value) };
}
