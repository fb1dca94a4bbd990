/** Runs one of vitest's projects to its end and returns its counts. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from '../lib/run-child.mjs';
import { countsPathVariable, type TestCounts } from './count-reporter.ts';

export type TestProject = 'unit' | 'media' | 'e2e';

/** What vitest prints goes to this process's own output: long runs show how far they are. A run that ends without counts has failed. */
export async function runTests(project: TestProject, root: string): Promise<TestCounts> {
  const countsPath = join(root, 'out/tests', `${project}.json`);
  rmSync(countsPath, { force: true });
  const script = join(root, 'node_modules/vitest/vitest.mjs');
  const code = await runChild(process.execPath, [script, 'run', '--project', project, '--passWithNoTests'], {
    cwd: root,
    env: { ...process.env, [countsPathVariable]: countsPath },
  });
  const counts = readCounts(countsPath);
  if (counts === null) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: [] };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(path: string): TestCounts | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as TestCounts;
  } catch {
    return null; // vitest ended before it could report
  }
}
