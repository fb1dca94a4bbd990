import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/check/count-reporter.ts';

/** A hang guard, not a measure of speed: media tests start processes, and machines are shared. */
const hangGuard = { testTimeout: 400_000, hookTimeout: 400_000, teardownTimeout: 30_000 };

/** Tests that take their time, with media made by ffmpeg or the checks on a copy of the project: in `npm test`, not in the quick `npm run check`. */
const media = ['native/{av,copy,index,isobmff,segment,worker/jobs}/**/*.test.ts', 'scripts/check/planted.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    projects: [
      { test: { name: 'unit', include: ['{app,native,main,renderer,bench,scripts}/**/*.test.ts'], exclude: media, ...hangGuard } },
      { test: { name: 'media', include: media, ...hangGuard } },
      { test: { name: 'e2e', include: ['e2e/**/*.test.ts'], globalSetup: ['e2e/fixtures/build-interface.ts'], ...hangGuard } },
    ],
    pool: 'forks',
    maxWorkers: 3, // tests start encoders, which take a core each, and wait for browsers and disks between them
  },
});
