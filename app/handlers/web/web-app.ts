/** Everything an interface gets by URL: its own files, media of the open projects, review links. The same routes in every host. */
import { Hono } from 'hono';
import { describeError, flattenError, type ErrorCode } from '../../base/errors.ts';
import type { PreviewService } from '../../services/preview/preview-service.ts';
import type { Reviews } from '../../services/project/reviews.ts';
import type { OpenProject } from '../open-project.ts';
import { mediaRoutes } from './media-routes.ts';
import { rangeRuns } from './range-runs.ts';
import { isolation, staticFile } from './static-files.ts';

export type WebApp = {
  fetch(request: Request): Promise<Response>;
  /** The prefix of the project's media URLs. */
  add(project: OpenProject): string;
  remove(project: OpenProject): void;
};

export type WebParts = { readonly interfaceFolder: string; readonly preview: PreviewService; readonly reviews: Reviews };

export function webApp({ interfaceFolder, preview, reviews }: WebParts): WebApp {
  const projects = new Map<string, OpenProject>();
  const app = new Hono();
  app.use('/media/*', async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(isolation)) context.res.headers.set(name, value);
  });
  app.route('/media/:run', mediaRoutes((run) => projects.get(run) ?? null, preview));
  app.on(['GET', 'HEAD'], '/review/:signed/:name', (context) => {
    const review = reviews.find(context.req.param('signed'));
    return review ? rangeRuns(context.req.raw, review.laidOut.runs, review.contentType) : context.text('this link has ended, or never was\n', 404);
  });
  app.get('*', (context) => staticFile(context.req.raw, interfaceFolder));
  app.onError((error, context) => {
    const flat = flattenError(error);
    return context.text(`${describeError(flat)}\n`, statuses[flat.code] ?? 500);
  });
  return {
    fetch: async (request) => app.fetch(request),
    add: (project) => {
      projects.set(project.run, project);
      return `/media/${project.run}`;
    },
    remove: (project) => { projects.delete(project.run); },
  };
}

const statuses: Readonly<Partial<Record<ErrorCode, 400 | 404 | 410 | 415 | 422>>> = {
  usage: 400, 'input.missing': 404, 'input.changed': 410, 'input.unsupported': 415, 'input.damaged': 422, 'decode.failed': 422, 'range.invalid': 400,
};
