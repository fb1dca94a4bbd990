/** The job `sources.index`: a file that cannot be indexed costs the others nothing. Progress counts files. */
import { flattenError } from '../../../app/base/errors.ts';
import type { IndexedFile, SourcesIndexRequest } from '../../../app/contract/jobs/sources-index.ts';
import { indexSource } from '../../index/index-source.ts';
import type { JobContext } from '../job-context.ts';

export async function run({ paths, unpackDir }: SourcesIndexRequest, context: JobContext): Promise<readonly IndexedFile[]> {
  const indexed: IndexedFile[] = [];
  for (const path of paths) {
    await context.checkpoint();
    indexed.push(await indexOne(path, unpackDir, context));
    context.progress(indexed.length, paths.length);
  }
  return indexed;
}

async function indexOne(path: string, unpackDir: string, context: JobContext): Promise<IndexedFile> {
  try {
    // The files are what is counted here, not the bytes of one.
    const quiet = { progress: () => undefined, checkpoint: () => context.checkpoint() };
    return { source: await indexSource({ kind: 'source.index', path, unpackDir, sequence: null }, quiet), error: null };
  } catch (error) {
    const flat = flattenError(error);
    if (flat.code === 'cancelled') throw error;
    return { source: null, error: flat };
  }
}
