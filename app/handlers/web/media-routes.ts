/**
 * A project's media by URL, under /media/<run>/shots/<id>/: its bytes by Range and tables for the browser's decoders, thumbnails, waveform, stills,
 * and frames for what no browser decodes. Only shots of the project are served, whatever is asked for.
 */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { StringoutError } from '../../base/errors.ts';
import type { Source } from '../../domain/source.ts';
import { sourceFrames } from '../../domain/source.ts';
import type { PreviewService } from '../../services/preview/preview-service.ts';
import type { OpenProject } from '../open-project.ts';
import { rangeFile } from './range-file.ts';

const integer = z.coerce.number().int();
const frameQuery = z.object({ frame: integer.min(0) });
const framesQuery = z.object({
  from: integer.min(0), to: integer.min(1), width: integer.min(2).max(4096), height: integer.min(2).max(4096), step: integer.min(-64).max(64).default(1),
});
/** Frames of one request: a viewer asks again, and a forgotten request ends. */
const mostFrames = 5000;

export function mediaRoutes(find: (run: string) => OpenProject | null, preview: PreviewService): Hono {
  const app = new Hono();
  const signal = new AbortController().signal;

  /** The shot's own media, or its proxy where those are asked for and there. */
  const sourceOf = async (context: Context, isViewing: boolean): Promise<Source> => {
    const project = find(context.req.param('run') ?? '');
    const shot = project?.session.state.shots.get(Number(context.req.param('id')));
    if (!project || !shot) throw new StringoutError('input.missing', 'there is no such shot');
    const proxy = isViewing && project.settings.all.usesProxies && shot.media ? project.proxies.pathOf(shot.media.fingerprint) : null;
    return project.library.get(proxy ?? shot.path, project.session.state.sequence.rate, signal);
  };

  app.get('/shots/:id/bytes/:file', async (context) => {
    const source = await sourceOf(context, true);
    const file = source.files[Number(context.req.param('file'))];
    return file === undefined ? context.notFound() : rangeFile(context.req.raw, file, 'application/octet-stream');
  });
  app.get('/shots/:id/strip', async (context) => file(context, await preview.strip(await sourceOf(context, false)), 'image/jpeg'));
  app.get('/shots/:id/peaks', async (context) => file(context, await preview.peaks(await sourceOf(context, false)), 'application/octet-stream'));
  app.get('/shots/:id/still', async (context) => {
    const { frame } = query(frameQuery, context);
    return file(context, await preview.still(await sourceOf(context, false), frame), 'image/png');
  });
  app.get('/shots/:id/frames', async (context) => {
    const { from, to, width, height, step } = query(framesQuery, context);
    const source = await sourceOf(context, true);
    const end = Math.min(to, from + mostFrames, Math.max(1, sourceFrames(source)));
    if (step === 0 || end <= from) throw new StringoutError('range.invalid', 'these frames do not exist');
    return new Response(await preview.frames(source, { from, to: end, step }, { width, height }), { headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' } });
  });
  return app;
}

async function file(context: Context, path: string | null, contentType: string): Promise<Response> {
  return path === null ? new Response(null, { status: 204 }) : rangeFile(context.req.raw, path, contentType);
}

function query<Schema extends z.ZodType>(schema: Schema, context: Context): z.output<Schema> {
  const parsed = schema.safeParse(context.req.query());
  if (!parsed.success) throw new StringoutError('usage', `the query of ${new URL(context.req.url).pathname} does not fit`);
  return parsed.data;
}
