/** Whether a source is still what was indexed. */
import { stat } from 'node:fs/promises';
import { StringoutError } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { Source } from '../../domain/source.ts';

const statsAtOnce = 16;

/**
 * Null: it is. `files` are those that matter of an image sequence, of which only the newest time is known: a frame that was written
 * later is another one.
 */
export async function sourceChange(source: Source, files: readonly string[] = []): Promise<StringoutError | null> {
  let change: StringoutError | null = null;
  const isSequence = source.container === 'sequence';
  await forEachLimited(isSequence ? files : [source.path], statsAtOnce, async (file) => {
    const now = await stat(file).catch(() => null);
    const isSame = now && (isSequence ? now.mtimeMs <= source.modifiedMs : now.size === source.size && now.mtimeMs === source.modifiedMs);
    if (isSame) return;
    const message = now ? 'changed while the movie was being made: run again' : 'vanished while the movie was being made';
    change = new StringoutError('input.changed', message, { file });
  });
  return change;
}
