/** The job `sources.index`: a file that cannot be indexed costs the others nothing. Progress counts files, and parts of the one at work. */
import { flattenError } from '../../../app/base/errors.ts';
import type { IndexedFile, SourcesIndexRequest } from '../../../app/contract/jobs/sources-index.ts';
import { indexSource } from '../../index/index-source.ts';
import type { JobContext } from '../job-context.ts';

export async function run({ paths, unpackDir }: SourcesIndexRequest, context: JobContext): Promise<readonly IndexedFile[]> {
  const indexed: IndexedFile[] = [];
  for (const path of paths) {
    await context.checkpoint();
    const before = indexed.length;
    // A long file must not look like a job that hangs.
    const progress = (done: number, total: number): void => { context.progress(before + (total > 0 ? Math.min(1, done / total) : 0), paths.length); };
    indexed.push(await indexOne(path, unpackDir, { progress, checkpoint: () => context.checkpoint() }));
    context.progress(indexed.length, paths.length);
  }
  return indexed;
}

async function indexOne(path: string, unpackDir: string, context: JobContext): Promise<IndexedFile> {
  try {
    return { source: await indexSource({ kind: 'source.index', path, unpackDir, sequence: null }, context), error: null };
  } catch (error) {
    const flat = flattenError(error);
    if (flat.code === 'cancelled') throw error;
    return { source: null, error: flat };
  }
}
