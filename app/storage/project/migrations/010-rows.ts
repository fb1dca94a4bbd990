/** What a project holds. Frames are whole numbers at the sequence's rate; ids come from one counter for all tables. */
export const rows = {
  version: 10,
  sql: `
    CREATE TABLE counters (
      name TEXT NOT NULL PRIMARY KEY,
      value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO counters VALUES ('next_id', 1), ('history_position', 0);

    -- Who has the project open for writing: for the message of the second instance. The lock itself lies beside the file.
    CREATE TABLE holder (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      pid INTEGER NOT NULL,
      host TEXT NOT NULL
    ) STRICT;

    CREATE TABLE sequence (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      name TEXT NOT NULL,
      rate_num INTEGER NOT NULL CHECK (rate_num > 0),
      rate_den INTEGER NOT NULL CHECK (rate_den > 0),
      is_rate_set INTEGER NOT NULL CHECK (is_rate_set IN (0, 1)),
      start_frame INTEGER NOT NULL,
      drop_frame INTEGER NOT NULL CHECK (drop_frame IN (0, 1)),
      mark_in INTEGER,
      mark_out INTEGER
    ) STRICT;
    INSERT INTO sequence VALUES (1, '', 25, 1, 0, 90000, 0, NULL, NULL); -- a programme begins at one hour by custom

    CREATE TABLE shots (
      id INTEGER NOT NULL PRIMARY KEY,
      path TEXT NOT NULL,
      file_name TEXT NOT NULL, -- the path's last part, for the search
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      problem TEXT,
      scene TEXT,
      take TEXT,
      reel TEXT,
      note TEXT NOT NULL,
      tags TEXT NOT NULL,      -- JSON, a list of strings
      rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
      is_circled INTEGER NOT NULL CHECK (is_circled IN (0, 1)),
      version_group TEXT,
      version INTEGER,
      added INTEGER NOT NULL,  -- milliseconds since 1970
      -- What the index found: all of it is null until then.
      fingerprint TEXT,
      frames INTEGER,
      rate_num INTEGER,
      rate_den INTEGER,
      is_still INTEGER,
      picture_codec TEXT,
      picture_width INTEGER,
      picture_height INTEGER,
      picture_pixel_format TEXT,
      sound_codec TEXT,
      sound_channels INTEGER,
      sound_sample_rate INTEGER,
      timecode_frame INTEGER,
      timecode_drop_frame INTEGER,
      bytes INTEGER,
      created TEXT             -- ISO 8601
    ) STRICT;
    CREATE INDEX shots_by_path ON shots (path);
    CREATE INDEX shots_by_version ON shots (version_group, version) WHERE version_group IS NOT NULL;

    CREATE TABLE tracks (
      id INTEGER NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      position INTEGER NOT NULL,
      name TEXT NOT NULL,
      is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
      is_locked INTEGER NOT NULL CHECK (is_locked IN (0, 1)),
      gain REAL NOT NULL       -- decibels
    ) STRICT;

    CREATE TABLE clips (
      id INTEGER NOT NULL PRIMARY KEY,
      track_id INTEGER NOT NULL REFERENCES tracks DEFERRABLE INITIALLY DEFERRED,
      shot_id INTEGER NOT NULL REFERENCES shots DEFERRABLE INITIALLY DEFERRED,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL CHECK (length > 0),
      source_in INTEGER NOT NULL,
      is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
      gain REAL NOT NULL,      -- decibels
      link INTEGER
    ) STRICT;
    -- A track or shot that is removed is looked for here.
    CREATE INDEX clips_by_track ON clips (track_id);
    CREATE INDEX clips_by_shot ON clips (shot_id);

    CREATE TABLE markers (
      id INTEGER NOT NULL PRIMARY KEY,
      frame INTEGER NOT NULL,
      length INTEGER NOT NULL CHECK (length >= 0),
      name TEXT NOT NULL,
      note TEXT NOT NULL,
      colour TEXT NOT NULL
    ) STRICT;
  `,
};
