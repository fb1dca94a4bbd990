/** Runs dependency-cruiser over the folders there are, and distrusts it: beside a TypeScript it does not know it sees no module and reports no violation. */
import { existsSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { dependencyRules } from './dependency-rules.ts';

const fewestModules = 20;

const folders = ['app', 'main', 'native', 'renderer', 'bench', 'e2e', 'scripts'].filter((folder) => existsSync(folder));
const { output } = await cruise(
  folders,
  {
    validate: true,
    ruleSet: { forbidden: [...dependencyRules] },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // a type is knowledge too
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
  {},
  { tsConfig: extractTsConfig('tsconfig.json') },
);
if (typeof output === 'string') throw new Error(output);
const { summary }: ICruiseResult = output;
for (const { rule, from, to, cycle } of summary.violations) {
  const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(' -> ');
  const comment = dependencyRules.find(({ name }) => name === rule.name)?.comment ?? '';
  process.stdout.write(`${from} -> ${path}\n  ${rule.name}: ${comment}\n`);
}
process.stdout.write(`${summary.totalCruised} modules\n`);
process.exitCode = summary.violations.length > 0 || summary.totalCruised < fewestModules ? 1 : 0;
