/** Each check fails on what it is there for: violations planted in a copy of the project, and each named in the output. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../lib/node24.mjs';
import { runTool, tools } from './tools.ts';

const planted: Readonly<Record<string, string>> = {
  'app/domain/planted-type.ts': 'export const count: number = "three";\n',
  'renderer/planted-type.tsx': 'export const Planted = () => <div className={3} />;\n',
  'renderer/planted-node.ts': "export * from '../app/services/assembly/options.ts';\n",
  'app/domain/planted-lint.ts': 'export async function start(): Promise<void> {}\nexport function go(): void {\n  start();\n}\n',
  'app/domain/planted-any.ts': 'export function keep(value: any): unknown {\n  return value;\n}\n',
  'app/domain/planted-cycle-a.ts': "import { b } from './planted-cycle-b.ts';\nexport const a = (): unknown => b;\n",
  'app/domain/planted-cycle-b.ts': "import { a } from './planted-cycle-a.ts';\nexport const b = (): unknown => a;\n",
  'app/base/planted-upward.ts': "export type { Rational } from '../domain/rational.ts';\n",
  'native/worker/planted-services.ts': "export * from '../../app/services/assembly/options.ts';\n",
  'app/services/planted-sqlite.ts': "import Database from 'better-sqlite3';\nexport const open = (): unknown => new Database(':memory:');\n",
  'native/worker/planted-node-av.ts': "import { avVersion } from 'node-av/lib';\nexport const version = (): unknown => avVersion;\n",
  'app/domain/planted-unused.ts': 'export const nobodyNeedsThis = 1;\n',
  'app/domain/planted-long.ts': 'export {};\n'.repeat(301),
  'app/domain/planted-suppression.ts': ['//', 'oxlint-disable-next-line no-console\nexport {};\n'].join(' '),
};

/** What each check must say about them. */
const findings: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  types: [/planted-type\.ts\(1,14\): error TS2322/],
  'types of the interface': [/planted-type\.tsx\(1,\d+\): error TS2322/],
  lint: [/planted-lint\.ts.*no-floating-promises/, /planted-any\.ts.*no-explicit-any/],
  'dependency rules': [
    /planted-cycle-a\.ts[^]*?no-cycles/,
    /planted-upward\.ts[^]*?layer-base/,
    /planted-node\.ts[^]*?renderer-below-app/,
    /planted-services\.ts[^]*?native-below-app/,
    /planted-sqlite\.ts[^]*?only-app-storage-imports-better-sqlite3/,
    /planted-node-av\.ts[^]*?only-native-av-imports-node-av/,
  ],
  'dead code': ['app/domain/planted-unused.ts'],
  'source files': [/planted-long\.ts:301: has 301 lines/, /planted-suppression\.ts:1: a suppression without a reason/],
};

let copy = '';

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'stringout-planted-')));
  for (const name of readdirSync(root)) {
    if (name === 'node_modules') symlinkSync(join(root, name), join(copy, name), 'junction');
    else if (name !== 'out' && name !== '.git') cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !path.includes('node_modules') });
  }
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(join(copy, path, '..'), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

it.for(tools)('$name', async (tool) => {
  const { ok, output } = await runTool(tool, copy);
  expect(ok).toBe(false);
  for (const finding of findings[tool.name] ?? []) expect(output).toMatch(finding);
});

it('covers every check', () => {
  expect(Object.keys(findings)).toEqual(tools.map(({ name }) => name));
});
