/** The media index: one row a file, its tables in one blob (source-codec.ts). */
export const sources = {
  version: 10,
  sql: `
    CREATE TABLE sources (
      path TEXT NOT NULL UNIQUE,
      size INTEGER NOT NULL,
      modified REAL NOT NULL, -- milliseconds since 1970
      day INTEGER NOT NULL,   -- of the last use, since 1970
      content BLOB NOT NULL
    ) STRICT;
  `,
};
