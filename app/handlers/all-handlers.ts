/** Every command of the contract, from one file a feature. */
import { version } from '../domain/version.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import { compareHandlers } from './compare-handlers.ts';
import { exportHandlers } from './export-handlers.ts';
import { fileHandlers } from './file-handlers.ts';
import { mediaHandlers } from './media-handlers.ts';
import type { OpenProject } from './open-project.ts';
import { projectHandlers } from './project-handlers.ts';
import { relinkHandlers } from './relink-handlers.ts';
import type { Roots } from './roots.ts';
import { shotHandlers } from './shot-handlers.ts';

export function allHandlers(project: OpenProject, roots: Roots, about: { readonly host: 'browser' | 'desktop'; readonly mediaBase: string }): Handlers {
  return {
    'host.info': () => ({ version, platform: process.platform, roots: roots.folders ?? [], hardware: project.engine.hardware.all, ...about }),
    ...fileHandlers(roots),
    ...projectHandlers(project),
    ...shotHandlers(project, roots),
    ...relinkHandlers(project, roots),
    ...exportHandlers(project, roots),
    ...compareHandlers(project, roots),
    ...mediaHandlers(project, roots),
  };
}
