/**
 * A file becomes a `Source`: recognised by its content, then read by our own reader (ISO-BMFF) or by FFmpeg's demuxers, which are
 * loaded only for that.
 */
import { StringoutError, withPlace } from '../../app/base/errors.ts';
import type { SourceIndexRequest } from '../../app/contract/jobs/source-index.ts';
import type { Source } from '../../app/domain/source.ts';
import { indexIsobmff } from '../isobmff/read/index-isobmff.ts';
import type { JobContext } from '../worker/job-context.ts';
import { MediaFile } from './open-media-file.ts';
import { recognise } from './recognise.ts';
import { contentLength } from './zero-tail.ts';

const headLength = 64 * 1024;

/** Throws `input.missing`, `input.unreadable`, `input.unsupported`, `input.damaged`, `input.changed`, naming the file; their sentences go on after its name. */
export async function indexSource(request: SourceIndexRequest, context: JobContext): Promise<Source> {
  try {
    return await index(request, context);
  } catch (error) {
    throw withPlace(error, { file: request.path });
  }
}

async function index({ path, sequence, unpackDir }: SourceIndexRequest, context: JobContext): Promise<Source> {
  if (sequence) {
    const { indexSequence } = await import('../av/demux/index-sequence.ts');
    return await indexSequence(path, sequence, context);
  }
  using file = new MediaFile(path);
  const found = recognise(file.read(0, headLength));
  switch (found.kind) {
    case 'refused': throw new StringoutError('input.unsupported', found.why);
    case 'isobmff': return indexIsobmff(path, file.size, file.modifiedMs, file.fd);
    case 'still': {
      const { indexStill } = await import('../av/demux/index-still.ts');
      return indexStill(file, found.codec);
    }
    case 'media': {
      const { indexMedia } = await import('../av/demux/index-media.ts');
      const length = found.isPlain ? file.size : contentLength(file.size, (offset, size) => file.read(offset, size));
      return await indexMedia({ file, length, formats: found.formats, isSure: found.isSure, unpackDir }, context);
    }
  }
}
