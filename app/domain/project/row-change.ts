/** Of one table: rows that are put, new or in place of the old, and ids that are removed. */
export type RowChange<Row> = { readonly put: readonly Row[]; readonly remove: readonly number[] };
