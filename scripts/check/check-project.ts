/** Everything `npm run check` looks at, as one list of counts. */
import type { TestCounts } from './count-reporter.ts';
import { runTests } from './run-tests.ts';
import { runTool, tools, type ToolResult } from './tools.ts';

/** Tools first, side by side; then the unit tests, which use both cores themselves. */
export async function checkProject(root: string): Promise<TestCounts> {
  const results = await Promise.all(tools.map((tool) => runTool(tool, root).then(printed)));
  const tests = await runTests('unit', root);
  const toolsPassed = results.filter(({ ok }) => ok).length;
  return { passed: tests.passed + toolsPassed, failed: tests.failed + results.length - toolsPassed, skipped: tests.skipped };
}

function printed(result: ToolResult): ToolResult {
  const { name, ok, seconds, output } = result;
  process.stdout.write(`${ok ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n${ok ? '' : `${output}\n\n`}`);
  return result;
}
