/**
 * Entry of a worker process. The priority is set before the first asynchronous call, since threads inherit it from the thread that
 * starts them; only then is the rest loaded. A job's module is loaded when the first job of its kind comes.
 */
import { setPriority } from 'node:os';
import type { JobTable } from './runtime.ts';

setPriority(10);

const { serveJobs } = await import('./runtime.ts');
serveJobs({
  'source.index': () => import('./jobs/source-index.ts'),
  'sources.index': () => import('./jobs/sources-index.ts'),
  'picture.encode': () => import('./jobs/picture-encode.ts'),
  'sound.render': () => import('./jobs/sound-render.ts'),
  'movie.write': () => import('./jobs/movie-write.ts'),
  'layout.make': () => import('./jobs/layout-make.ts'),
  'strip.make': async () => (await import('./jobs/preview.ts')).strip,
  'peaks.make': async () => (await import('./jobs/preview.ts')).peaks,
  'frames.stream': async () => (await import('./jobs/preview.ts')).frames,
  'slates.make': async () => (await import('./jobs/preview.ts')).slates,
  'still.make': async () => (await import('./jobs/preview.ts')).still,
  'footage.make': () => import('./jobs/footage-make.ts'),
  'verify.survey': () => import('./jobs/verify-survey.ts'),
  'verify.frames': () => import('./jobs/verify-frames.ts'),
  'verify.sound': () => import('./jobs/verify-sound.ts'),
  'file.hash': () => import('./jobs/file-hash.ts'),
} satisfies JobTable);
