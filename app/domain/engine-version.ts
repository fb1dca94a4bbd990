/** Part of every cache key: raised when the same inputs would give different bytes. */
export const engineVersion = 1;
