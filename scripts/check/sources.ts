/**
 * Rules about source files that no tool of ours has: their length, and that a suppression says why.
 * Run by itself it prints what breaks them and exits with 1.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['app', 'main', 'native', 'renderer', 'e2e', 'bench', 'scripts'];
const sourceFile = /\.(?:ts|tsx|mjs|css)$/;
const lineLimit = 300;
const hardLimit = 400;

/** Files over the limit, each with the reason why it is not two files. */
const allowedToHardLimit: Readonly<Record<string, string>> = {};

/** A suppression needs words after `--` (oxlint) or after the directive (TypeScript). */
const bareSuppression = /(?:\/\/|\/\*)\s*(?:(?:oxlint|eslint)-disable(?:(?!--).)*$|@ts-expect-error\W*$|@ts-(?:ignore|nocheck))/;

export type Finding = { readonly file: string; readonly line: number; readonly message: string };

export function checkSource(file: string, text: string): Finding[] {
  const lines = text.trimEnd().split('\n');
  const limit = file in allowedToHardLimit ? hardLimit : lineLimit;
  const findings: Finding[] = [];
  if (lines.length > limit) findings.push({ file, line: limit + 1, message: `has ${lines.length} lines, more than ${limit}: split it` });
  lines.forEach((line, index) => {
    if (bareSuppression.test(line)) {
      findings.push({ file, line: index + 1, message: 'a suppression without a reason: write it after " -- "' });
    }
  });
  return findings;
}

function sourceFiles(root: string): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`))
    .filter((name) => sourceFile.test(name));
}

if (import.meta.main) {
  const files = sourceFiles(process.cwd());
  const findings = files.flatMap((file) => checkSource(file, readFileSync(file, 'utf8')));
  for (const { file, line, message } of findings) process.stdout.write(`${file}:${line}: ${message}\n`);
  process.stdout.write(`${files.length} source files\n`);
  process.exitCode = findings.length > 0 || files.length === 0 ? 1 : 0;
}
