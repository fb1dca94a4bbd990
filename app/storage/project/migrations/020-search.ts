/**
 * Full-text index of what people search shots by. It keeps no text of its own; triggers keep it in step with every change of a shot,
 * and leave it alone where nothing that is searched changed.
 */
const columns = ['name', 'file_name', 'scene', 'take', 'reel', 'note', 'tags'] as const;
const all = columns.join(', ');
const of = (row: 'old' | 'new'): string => columns.map((column) => `${row}.${column}`).join(', ');

export const search = {
  version: 20,
  sql: `
    CREATE VIRTUAL TABLE shot_search USING fts5(
      ${all}, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
    );
    CREATE TRIGGER shot_search_insert AFTER INSERT ON shots BEGIN
      INSERT INTO shot_search (rowid, ${all}) VALUES (new.id, ${of('new')});
    END;
    CREATE TRIGGER shot_search_delete AFTER DELETE ON shots BEGIN
      DELETE FROM shot_search WHERE rowid = old.id;
    END;
    CREATE TRIGGER shot_search_update AFTER UPDATE OF ${all} ON shots WHEN (${of('old')}) IS NOT (${of('new')}) BEGIN
      DELETE FROM shot_search WHERE rowid = old.id;
      INSERT INTO shot_search (rowid, ${all}) VALUES (new.id, ${of('new')});
    END;
  `,
};
