/** The launcher, with a stand-in for the command line: what it passes on, under an old Node and under a new one. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownNode24Path, root } from './lib/node24.mjs';

const standIn = `
const [task, ...rest] = process.argv.slice(2);
if (task === 'echo') console.log(JSON.stringify({ major: process.versions.node.split('.')[0], rest }));
if (task === 'exit') process.exitCode = Number(rest[0]);
if (task === 'wait' || task === 'heed') {
  if (task === 'heed') for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => { console.log(name); process.exit(77); });
  setInterval(() => {}, 1000);
  console.log(process.pid);
}
`;

const noOlderNode = 'no Node older than 24 in PATH';

let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'stringout-launcher-')));
  for (const name of ['scripts/stringout.mjs', 'scripts/lib', 'package.json']) cpSync(join(root, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'app/headless/cli'), { recursive: true });
  writeFileSync(join(folder, 'app/headless/cli/main.ts'), standIn);
  // What the bootstrap would have put there: this very Node.
  const own = join(folder, (ownNode24Path() ?? join(root, 'nowhere')).slice(root.length));
  mkdirSync(dirname(own), { recursive: true });
  symlinkSync(process.execPath, own);
  symlinkSync(join(folder, 'scripts/stringout.mjs'), join(folder, 'stringout'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (node: string, ...args: string[]): ChildProcess => spawn(node, [join(folder, 'stringout'), ...args], { stdio: ['ignore', 'pipe', 'inherit'], cwd: tmpdir() });

describe.each(['the Node of these tests', 'an older Node'])('under %s', (which) => {
  const node = which === 'an older Node' ? olderNode() : process.execPath;

  it('runs the command line under Node 24, through a link, with its arguments as they are', (context) => {
    if (node === null) return context.skip(noOlderNode);
    const output = execFileSync(node, [join(folder, 'stringout'), 'echo', '--json', 'a b', '', '-x'], { encoding: 'utf8', cwd: tmpdir() });
    expect(JSON.parse(output)).toEqual({ major: expect.stringMatching(/^(2[4-9]|[3-9]\d)$/), rest: ['--json', 'a b', '', '-x'] });
  });

  it('leaves with the exit code of the command line', async (context) => {
    if (node === null) return context.skip(noOlderNode);
    expect(await once(start(node, 'exit', '3'), 'exit')).toEqual([3, null]);
  });

  it.for(['SIGINT', 'SIGTERM'] as const)('passes %s on and waits for the end', async (signal, context) => {
    if (node === null) return context.skip(noOlderNode);
    const child = start(node, 'heed');
    const output = lines(child);
    await output.next();
    child.kill(signal);
    expect((await output.next()).value).toBe(signal);
    expect(await once(child, 'exit')).toEqual([77, null]);
  });
});

it('leaves the command line no longer than the launcher, even killed outright', async (context) => {
  const node = olderNode();
  if (node === null) return context.skip(noOlderNode);
  const child = start(node, 'wait');
  const output = lines(child);
  await output.next();
  child.kill('SIGKILL');
  expect((await output.next()).done).toBe(true); // its end of the pipe is closed: it is gone
});

async function* lines(child: ChildProcess): AsyncGenerator<string, void> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}

/** A Node in PATH that the launcher must not run the command line under, or null. */
function olderNode(): string | null {
  for (const place of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(place, process.platform === 'win32' ? 'node.exe' : 'node');
    try {
      const major = Number(execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8', stdio: 'pipe' }).split('.')[0]);
      if (major < 24) return path;
    } catch {
      continue; // no Node there
    }
  }
  return null;
}
