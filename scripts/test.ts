/** `npm test`: every check and every test. With STRINGOUT_CI=1 a tool that CI installs must be there. */
import { checkProject } from './check/check-project.ts';
import { runTests } from './check/run-tests.ts';
import { printSummary, sumCounts } from './check/summary.ts';
import { root } from './lib/node24.mjs';

const counts = sumCounts([await checkProject(root), await runTests('media', root), await runTests('e2e', root)]);
process.exitCode = printSummary(counts, process.env['STRINGOUT_CI'] === '1');
