/**
 * A project's media by URL, under /media/<run>/shots/<id>/: its bytes by Range and tables for the browser's decoders, thumbnails, waveform, stills,
 * and frames for what no browser decodes. Only shots of the project are served, whatever is asked for.
 */
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { StringoutError } from '../../base/errors.ts';
import type { PictureWindow, SoundWindow } from '../../contract/playback.ts';
import { pictureWindow } from '../../domain/playback/picture-window.ts';
import { soundWindow } from '../../domain/playback/sound-window.ts';
import type { Shot } from '../../domain/project/project.ts';
import type { Rational } from '../../domain/rational.ts';
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
const windowQuery = z.object({ from: integer.min(0), frames: integer.min(1).max(1000) });
/** Without a licence of the system's; whether a browser has one is not known here, and a proxy serves either. */
const decodedByBrowsers = new Set(['h264', 'vp8', 'vp9', 'av1']);
/** Frames of one request: a viewer asks again, and a forgotten request ends. */
const mostFrames = 5000;

export function mediaRoutes(find: (run: string) => OpenProject | null, preview: PreviewService): Hono {
  const app = new Hono();
  const signal = new AbortController().signal;

  const shotOf = (context: Context): { readonly project: OpenProject; readonly shot: Shot } => {
    const project = find(context.req.param('run') ?? '');
    const shot = project?.session.state.shots.get(Number(context.req.param('id')));
    if (!project || !shot) throw new StringoutError('input.missing', 'there is no such shot');
    return { project, shot };
  };
  const sourceOf = (context: Context): Promise<Source> => {
    const { project, shot } = shotOf(context);
    return project.library.get(shot.path, project.session.state.sequence.rate, signal);
  };
  /** The shot's own media; or its proxy, where there is one and it is wanted or the only thing that a browser decodes. */
  const viewed = async (context: Context): Promise<{ readonly source: Source; readonly variant: 'original' | 'proxy'; readonly rate: Rational }> => {
    const { project, shot } = shotOf(context);
    const { rate } = project.session.state.sequence;
    const proxy = shot.media ? project.proxies.pathOf(shot.media.fingerprint) : null;
    const isWanted = project.settings.all.usesProxies || !decodedByBrowsers.has(shot.media?.picture?.codec ?? 'h264');
    const variant = proxy !== null && isWanted ? 'proxy' : 'original';
    return { source: await project.library.get(variant === 'proxy' && proxy !== null ? proxy : shot.path, rate, signal), variant, rate };
  };

  app.get('/shots/:id/bytes/:file', async (context) => {
    const { project, shot } = shotOf(context);
    const proxy = context.req.query('variant') === 'proxy' && shot.media ? project.proxies.pathOf(shot.media.fingerprint) : null;
    const source = await project.library.get(proxy ?? shot.path, project.session.state.sequence.rate, signal);
    const path = source.files[Number(context.req.param('file'))];
    return path === undefined ? context.notFound() : rangeFile(context.req.raw, path, 'application/octet-stream');
  });
  app.get('/shots/:id/picture', async (context) => {
    const { from, frames } = query(windowQuery, context);
    const { source, variant, rate } = await viewed(context);
    if (!source.picture) throw new StringoutError('input.unsupported', 'has no picture', { file: source.path });
    return context.json({ ...pictureWindow(source, source.picture, from, frames, rate), variant } satisfies PictureWindow);
  });
  app.get('/shots/:id/sound', async (context) => {
    const { from, frames } = query(windowQuery, context);
    const { source, variant, rate } = await viewed(context);
    if (!source.sound) throw new StringoutError('input.unsupported', 'has no sound', { file: source.path });
    return context.json({ ...soundWindow(source.sound, from, frames, rate), variant } satisfies SoundWindow);
  });
  app.get('/shots/:id/strip', async (context) => file(context, await preview.strip(await sourceOf(context), context.req.raw.signal), 'image/jpeg'));
  app.get('/shots/:id/peaks', async (context) => file(context, await preview.peaks(await sourceOf(context), context.req.raw.signal), 'application/octet-stream'));
  app.get('/shots/:id/still', async (context) => {
    const { frame } = query(frameQuery, context);
    return file(context, await preview.still(await sourceOf(context), frame, context.req.raw.signal), 'image/png');
  });
  app.get('/shots/:id/frames', async (context) => {
    const { from, to, width, height, step } = query(framesQuery, context);
    const source = await sourceOf(context);
    const end = Math.min(to, from + mostFrames, Math.max(1, sourceFrames(source)));
    if (step === 0 || end <= from) throw new StringoutError('range.invalid', 'these frames do not exist');
    return new Response(await preview.frames(source, { from, to: end, step }, { width, height }, context.req.raw.signal), { headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' } });
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
