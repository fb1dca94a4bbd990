/** The checks that are tools of their own: each is one process that prints what it finds and exits with other than 0. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export type Tool = {
  readonly name: string;
  /** A script for Node, relative to the project, and its arguments. */
  readonly command: readonly [string, ...string[]];
};

export type ToolResult = { readonly name: string; readonly ok: boolean; readonly seconds: number; readonly output: string };

export const tools: readonly Tool[] = [
  // TypeScript 7 is several times faster; 6 stays for dependency-cruiser, which cannot use 7.
  { name: 'types', command: ['node_modules/typescript7/bin/tsc', '--project', '.', '--pretty', 'false'] },
  { name: 'types of the interface', command: ['node_modules/typescript7/bin/tsc', '--project', 'renderer', '--pretty', 'false'] },
  { name: 'lint', command: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--format=unix', '--deny-warnings'] },
  { name: 'dependency rules', command: ['scripts/check/dependencies.ts'] },
  { name: 'dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  { name: 'source files', command: ['scripts/check/sources.ts'] },
];

/** Runs the tool in the project at `root`. Never rejects: a tool that cannot start has failed. */
export function runTool({ name, command: [script, ...args] }: Tool, root: string): Promise<ToolResult> {
  const started = performance.now();
  return new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: 64 << 20, env: { ...process.env, NO_COLOR: '1' } };
    execFile(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], options, (error, stdout, stderr) => {
      resolve({ name, ok: error === null, seconds: (performance.now() - started) / 1000, output: `${stdout}${stderr}`.trim() });
    });
  });
}
