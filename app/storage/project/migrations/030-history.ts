/** Undo and redo. Steps up to counters.history_position are done, those after it are undone. */
export const history = {
  version: 30,
  sql: `
    CREATE TABLE history (
      id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      label TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      step TEXT NOT NULL -- JSON: history-step.ts
    ) STRICT;
    CREATE INDEX history_by_size ON history (id, bytes);
  `,
};
