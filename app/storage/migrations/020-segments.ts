/** Sizes and uses of the segments in the cache. The files are the truth: a row may be missing or too many. */
export const segments = {
  version: 20,
  sql: `
    CREATE TABLE segments (
      key TEXT NOT NULL PRIMARY KEY,
      bytes INTEGER NOT NULL,
      used INTEGER NOT NULL, -- seconds since 1970
      hits INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX segments_by_use ON segments (used, bytes);
  `,
};
