import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { markerRow, put, shotRow } from './fixtures/rows.ts';
import { ProjectPlace } from './fixtures/project-place.ts';
import { migrate, versionOf } from './migrate.ts';
import { projectMigrations } from './migrations/migrations.ts';
import { ProjectFile } from './project-file.ts';

let place: ProjectPlace;
beforeEach(() => { place = new ProjectPlace(); });
afterEach(() => { place[Symbol.dispose](); });

/** Closed, with one marker and some shots, and a backup of that. */
async function soundProject(): Promise<void> {
  const file = place.create();
  file.commit('Bring in', put({ markers: [markerRow(1)], shots: Array.from({ length: 300 }, (_, i) => shotRow(i + 2)) }));
  await file.backedUp;
  rmSync(`${place.path}.backup`);
  file.close();
  const again = place.open();
  await again.backedUp;
  again.close();
}

function alter(sql: string): void {
  const database = new Database(place.path);
  database.exec(sql);
  database.close();
}

function damage(): void {
  const bytes = readFileSync(place.path);
  writeFileSync(place.path, bytes.fill(0xff, 4096 * 3));
}

describe('what is no sound project of this version', () => {
  test('a newer one is refused in words, and left as it is', async () => {
    await soundProject();
    alter('PRAGMA user_version = 990');
    const bytes = readFileSync(place.path);
    expect(() => place.open()).toThrow(/made by a newer Stringout \(its format is 990, .* up to 40\)\. Update Stringout/);
    expect(readFileSync(place.path).equals(bytes)).toBe(true);
    expect(place.files()).toEqual(['film.stringout', 'film.stringout.backup']);
  });

  test('a damaged one names the backup, which opens once it is put in its place', async () => {
    await soundProject();
    const state = ((): unknown => { const file = place.open(); const loaded = file.load(); file.close(); return loaded; })();
    damage();
    const bytes = readFileSync(place.path);
    expect(() => place.open()).toThrow(expect.objectContaining({ code: 'storage.corrupt', message: expect.stringContaining(`is ${place.path}.backup. Rename the damaged file`) as string }) as Error);
    expect(readFileSync(place.path).equals(bytes)).toBe(true);
    renameSync(`${place.path}.backup`, place.path);
    const file = place.open();
    expect([file.load(), file.isReadOnly]).toEqual([state, false]);
  });

  test('without a backup it says so; garbage, other databases and nothing are told apart', () => {
    writeFileSync(place.path, 'garbage '.repeat(4000));
    expect(() => place.open()).toThrow(/damaged .* There is no backup beside it/);
    rmSync(place.path);
    alter('CREATE TABLE other (a)');
    expect(() => place.open()).toThrow(/not a Stringout project/);
    expect(() => place.create()).toThrow(/of that name already/);
    rmSync(place.path);
    expect(() => place.open()).toThrow(/no such project/);
  });

  test('rows that cannot be read are left out with a warning, and stay in the file', async () => {
    await soundProject();
    alter(`UPDATE shots SET tags = 'no JSON' WHERE id = 5; UPDATE markers SET colour = 'ultraviolet'; INSERT INTO jobs VALUES (9, 'export', '', 'dreaming', 0, '{', '{', 0, NULL, NULL);`);
    const file = place.open();
    const { shots, markers } = file.load();
    expect([shots.size, shots.has(5), markers.size, file.jobs.all()]).toEqual([299, false, 0, []]);
    expect(place.warnings).toEqual([expect.stringMatching(/^1 shots/), expect.stringMatching(/^1 markers/), expect.stringMatching(/^job 9/)]);
  });

  test('a step of the history that cannot be read is forgotten with a warning', async () => {
    await soundProject();
    alter("UPDATE history SET step = '{\"shots\": 1}'");
    const file = place.open();
    expect([file.undo(), file.history.undo, file.load().shots.size]).toEqual([null, null, 300]);
    expect(place.warnings).toEqual([expect.stringMatching(/^"Bring in" can no longer be taken back/)]);
  });
});

describe('migrations', () => {
  test('ascend by tens, and one that fails leaves the file as it was', () => {
    expect(projectMigrations.map(({ version }) => version % 10)).toEqual(projectMigrations.map(() => 0));
    expect(projectMigrations.map(({ version }) => version)).toEqual(projectMigrations.map(({ version }) => version).toSorted((a, b) => a - b));
    const database = new Database(':memory:');
    migrate(database, [{ version: 10, sql: 'CREATE TABLE a (x TEXT) STRICT' }]);
    const later = [{ version: 10, sql: 'nonsense, and not run again' }, { version: 20, sql: 'CREATE TABLE b (x TEXT) STRICT' }, { version: 30, sql: 'ALTER TABLE nowhere ADD y' }];
    expect(() => migrate(database, later)).toThrow(/nowhere/);
    expect([versionOf(database), database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()]).toEqual([10, ['a']]);
    migrate(database, later.slice(0, 2));
    expect(versionOf(database)).toBe(20);
    database.close();
  });

  test.each(projectMigrations.slice(0, -1).map(({ version }) => version))('a project of format %i becomes one of today', (version) => {
    const database = new Database(place.path);
    migrate(database, projectMigrations.filter((migration) => migration.version <= version));
    database.exec("INSERT INTO markers VALUES (1, 5, 0, 'kept', '', 'red'); UPDATE counters SET value = 2 WHERE name = 'next_id'");
    database.close();
    const file = place.open();
    expect(file.load().markers.get(1)?.name).toBe('kept');
    file.commit('Mark', put({ markers: [markerRow(file.newId())] }));
    expect(file.undo()?.label).toBe('Mark');
  });

  test('every table is STRICT', () => {
    place.create().close();
    const database = new Database(place.path);
    const loose = database.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'").pluck().all();
    database.close();
    expect(loose).toEqual([]);
  });
});

describe('the backup', () => {
  test('is complete, sound, and not made anew while it is fresh', async () => {
    await soundProject();
    const backup = `${place.path}.backup`;
    const made = statSync(backup).mtimeMs;
    const file = place.open();
    file.commit('Mark', put({ markers: [markerRow(7000)] }));
    await file.backedUp;
    expect(statSync(backup).mtimeMs).toBe(made);
    file.close();
    utimesSync(backup, 0, 0);
    const later = place.open();
    await later.backedUp;
    const state = later.load();
    later.close();
    copyFileSync(backup, `${place.folder}/copy.stringout`);
    const copy = ProjectFile.open(`${place.folder}/copy.stringout`, { warn: (text) => place.warnings.push(text) });
    expect([copy.load(), copy.isReadOnly, place.warnings]).toEqual([state, false, []]);
    copy.close();
  });

  test('is given up when the project is closed meanwhile, and leaves nothing behind', async () => {
    const file = place.create();
    file.close();
    await file.backedUp;
    expect([place.files(), place.warnings]).toEqual([['film.stringout'], []]);
  });
});

describe.each([['a local disk', false], ['a network file system', true]])('one writer on %s', (_, isNetwork) => {
  const options = { isOnNetwork: () => isNetwork };

  test('the second instance reads, says who writes, and sees what is written', () => {
    const first = place.create(options);
    const second = place.open(options);
    expect([first.isReadOnly, second.isReadOnly]).toEqual([false, true]);
    expect(second.whyReadOnly).toContain(`open in another window (process ${process.pid} on ${hostname()})`);
    first.commit('Mark', put({ markers: [markerRow(1)] }));
    expect([second.load().markers.size, second.history.undo]).toEqual([1, 'Mark']);
    for (const write of [
      (): unknown => second.commit('No', put({ markers: [markerRow(2)] })), (): unknown => second.undo(), (): unknown => second.newId(), (): unknown => second.settings.set('a', 1),
    ]) expect(write).toThrow(expect.objectContaining({ code: 'output.refused' }) as Error);
    expect(existsSync(`${place.path}-wal`)).toBe(!isNetwork);
    second.close();
    first.commit('Mark', put({ markers: [markerRow(2)] }));
    first.close();
    expect(place.files().filter((name) => !name.includes('backup'))).toEqual(['film.stringout']);
    expect(place.open(options).load().markers.size).toBe(2);
    expect(place.warnings).toEqual([]);
  });

  test('the writer may leave first; the next one writes', () => {
    const first = place.create(options);
    first.commit('Mark', put({ markers: [markerRow(1)] }));
    const reader = place.open(options);
    first.close();
    const third = place.open(options);
    expect(third.isReadOnly).toBe(false);
    third.commit('Mark', put({ markers: [markerRow(2)] }));
    expect(reader.load().markers.size).toBe(2);
    third.close();
    reader.close();
    expect(place.files().filter((name) => !name.includes('backup'))).toEqual(['film.stringout']);
  });
});

test("another machine's lock on a network file system is honoured, and the user told where it is; one that was taken over writes no more", () => {
  const options = { isOnNetwork: () => true };
  place.create(options).close();
  writeFileSync(`${place.path}.lock`, JSON.stringify({ token: 'theirs', pid: 1, host: 'another' }));
  const reader = place.open(options);
  expect(reader.whyReadOnly).toContain(`remove ${place.path}.lock`);
  rmSync(`${place.path}.lock`);
  const writer = place.open(options);
  writeFileSync(`${place.path}.lock`, JSON.stringify({ token: 'theirs', pid: 1, host: 'another' }));
  expect(() => writer.commit('Mark', put({ markers: [markerRow(1)] }))).toThrow(/took this project over/);
  writer.close();
  expect(existsSync(`${place.path}.lock`)).toBe(true);
});
