/** A vitest reporter that writes what the last line and the skip list of `npm test` need; vitest's own leave out why a test was skipped. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export type TestCounts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
};

export const countsPathVariable = 'STRINGOUT_TEST_COUNTS';

export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const path = process.env[countsPathVariable];
    if (path === undefined) return;
    const counts: { passed: number; failed: number; skipped: { name: string; reason: string }[] } = { passed: 0, failed: unhandled.length, skipped: [] };
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed += 1;
        else if (result.state === 'failed') counts.failed += 1;
        else counts.skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason: (result.state === 'skipped' && result.note) || '' });
      }
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(counts));
  }
}
