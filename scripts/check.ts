/** `npm run check`: the quick loop, under a minute. Types, lint, dependency rules, dead code, source files, unit tests. */
import { checkProject } from './check/check-project.ts';
import { printSummary } from './check/summary.ts';
import { root } from './lib/node24.mjs';

process.exitCode = printSummary(await checkProject(root), false);
