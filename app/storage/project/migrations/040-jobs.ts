/** Jobs of the past and those that wait, profiles by name, and settings. */
export const jobs = {
  version: 40,
  sql: `
    CREATE TABLE jobs (
      id INTEGER NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      label TEXT NOT NULL,
      state TEXT NOT NULL,
      progress REAL NOT NULL, -- 0 to 1
      settings TEXT NOT NULL, -- JSON
      result TEXT NOT NULL,   -- JSON
      created INTEGER NOT NULL, -- milliseconds since 1970, as the next two
      started INTEGER,
      ended INTEGER
    ) STRICT;
    CREATE INDEX jobs_by_state ON jobs (state);

    CREATE TABLE profiles (
      name TEXT NOT NULL PRIMARY KEY,
      settings TEXT NOT NULL  -- JSON
    ) STRICT;

    CREATE TABLE settings (
      key TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL     -- JSON
    ) STRICT;
  `,
};
