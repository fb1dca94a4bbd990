/** The end of `npm run check` and `npm test`: what was skipped and why, and the line that CI reads. */
import type { TestCounts } from './count-reporter.ts';

/** Tools that CI installs: a test that did without one has not been run. Corpus and GPAC are elsewhere or nowhere. */
const debianTool = /\b(?:ffmpeg|ffprobe|mkvmerge|mkvtoolnix|chromium|melt|xfsprogs|btrfs-progs|util-linux|setpriv|package)\b/i;

export function sumCounts(all: readonly TestCounts[]): TestCounts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

/** Prints the summary; returns the exit code. With `strict`, a test skipped for want of a Debian tool has failed. */
export function printSummary(counts: TestCounts, strict: boolean): number {
  for (const { name, reason } of counts.skipped) process.stdout.write(`skipped: ${name}${reason === '' ? '' : ` (${reason})`}\n`);
  const missing = strict ? counts.skipped.filter(({ name, reason }) => debianTool.test(reason === '' ? name : reason)) : [];
  if (missing.length > 0) process.stdout.write(`${missing.length} of the skipped need a tool that this run should have had: they count as failed\n`);
  const failed = counts.failed + missing.length;
  process.stdout.write(`${counts.passed} passed, ${failed} failed, ${counts.skipped.length - missing.length} skipped\n`);
  return failed === 0 && counts.passed > 0 ? 0 : 1;
}
