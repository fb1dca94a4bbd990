/** The project file between processes: nothing committed is lost to a killed one, one writes while others read, a copy is the whole. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProjectFile } from '../app/storage/project/project-file.ts';
import { Place } from './fixtures/command.ts';

const writer = fileURLToPath(new URL('./fixtures/project-writer.ts', import.meta.url));
const failOnWarning = (text: string): never => { throw new Error(text); };

let place: Place;
let path: string;
let children: ChildProcess[];

beforeEach(() => {
  place = new Place();
  path = place.path('film.stringout');
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map((child) => kill(child)));
  place[Symbol.dispose]();
});

/** The process and its lines. */
function start(kind: string, work: 'commit' | 'hold'): { readonly child: ChildProcess; readonly lines: AsyncIterableIterator<string> } {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', writer, path, kind, work], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function nextLine(lines: AsyncIterableIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  return done ? 'ended' : value;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function beside(): readonly string[] {
  return readdirSync(place.folder).filter((name) => !name.includes('.backup')).toSorted();
}

describe.each(['local', 'network'])('a project on a %s disk', (kind) => {
  const options = { warn: failOnWarning, isOnNetwork: () => kind === 'network' };

  test('holds every edit that was acknowledged before its process was killed, and can take it back', async () => {
    ProjectFile.create(path, options).close();
    const { child, lines } = start(kind, 'commit');
    expect(await nextLine(lines)).toBe('open');
    const acknowledged: number[] = [];
    while (acknowledged.length < 100) acknowledged.push(Number(await nextLine(lines)));
    await kill(child);
    for await (const line of lines) acknowledged.push(Number(line));
    const file = ProjectFile.open(path, options);
    const kept = [...file.load().markers.keys()];
    // At most the edit it was killed in, whole, is there beyond those it spoke of.
    expect([file.whyReadOnly, kept.slice(0, acknowledged.length), kept.length - acknowledged.length <= 1]).toEqual([null, acknowledged, true]);
    expect(file.newId()).toBeGreaterThan(Math.max(...kept));
    for (const id of kept.toReversed()) expect(file.undo()?.label).toBe(`Mark ${id}`);
    expect(file.load().markers.size).toBe(0);
    file.close();
    expect(beside()).toEqual(['film.stringout']);
  });

  test('is read-only where another process has it, and names that; it can be written once that is dead', async () => {
    ProjectFile.create(path, options).close();
    const { child, lines } = start(kind, 'hold');
    expect(await nextLine(lines)).toBe('open');
    const reader = ProjectFile.open(path, options);
    expect(reader.whyReadOnly).toContain(`process ${child.pid} on `);
    expect(() => reader.commit('Mark', { markers: { put: [], remove: [] } })).toThrow(/cannot be changed here/);
    reader.close();
    await kill(child);
    const file = ProjectFile.open(path, options);
    expect(file.whyReadOnly).toBeNull();
    expect(await nextLine(start(kind, 'hold').lines)).toContain(`process ${process.pid} on `);
  });
});

test('a copy of the closed file is the whole project', () => {
  const options = { warn: failOnWarning };
  const file = ProjectFile.create(path, options);
  const id = file.newId();
  file.commit('Mark', { markers: { put: [{ id, frame: 1, length: 0, name: 'here', note: '', colour: 'red' }], remove: [] } });
  file.settings.set('usesProxies', true);
  const state = file.load();
  file.close();
  expect(beside()).toEqual(['film.stringout']);
  mkdirSync(place.path('elsewhere'));
  copyFileSync(path, place.path('elsewhere', 'copy.stringout'));
  const copy = ProjectFile.open(place.path('elsewhere', 'copy.stringout'), options);
  expect([copy.load(), copy.undo()?.label, copy.newId()]).toEqual([state, 'Mark', id + 1]);
  copy.close();
});
