import type { CliOptions } from '../cli-options.ts';
import { formatBytes } from '../output.ts';
import { withSession } from '../session.ts';

export async function cacheStatsAction(options: CliOptions): Promise<number> {
  return withSession(options, null, async ({ running, output }) => {
    const stats = running.cacheStats();
    output.event({ event: 'cache', ...stats });
    output.line(`${stats.folder}: ${stats.segments} segments, ${formatBytes(stats.segmentBytes)}; ${stats.sources} files indexed`);
    return 0;
  });
}

export async function cacheClearAction(options: CliOptions): Promise<number> {
  return withSession(options, null, async ({ running, output }) => {
    const cleared = running.cacheClear(options.olderThan === undefined ? null : options.olderThan * 86_400);
    output.event({ event: 'cleared', ...cleared });
    output.line(`${cleared.segments} segments deleted, ${formatBytes(cleared.segmentBytes)}`);
    return 0;
  });
}
