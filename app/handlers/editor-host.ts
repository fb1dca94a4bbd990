/**
 * The editor without its window: projects, the engine, the contract and media by URL. Every host (desktop, HTTP) is a thin shell around one
 * of these; it gives the launcher of workers and moves messages and requests.
 */
import { access } from 'node:fs/promises';
import { extname } from 'node:path';
import { Emitter } from '../base/emitter.ts';
import { flattenError, StringoutError } from '../base/errors.ts';
import type { Job } from '../contract/editor/export-settings.ts';
import { serveConnection, type Served } from '../rpc/rpc-host.ts';
import type { Transport } from '../rpc/transport.ts';
import { createEngine, type Engine } from '../services/create-engine.ts';
import type { WorkerLauncher } from '../services/pool/launcher.ts';
import { PreviewService } from '../services/preview/preview-service.ts';
import { Proxies } from '../services/project/proxies.ts';
import { Reviews } from '../services/project/reviews.ts';
import { ProjectFile } from '../storage/project/project-file.ts';
import { allHandlers } from './all-handlers.ts';
import { OpenProject } from './open-project.ts';
import { projectStore } from './project-store.ts';
import { Roots } from './roots.ts';
import { webApp, type WebApp } from './web/web-app.ts';

export type EditorHostOptions = {
  readonly launcher: WorkerLauncher;
  /** Null: the usual one. */
  readonly cacheDir: string | null;
  readonly workers: number | null;
  readonly memoryMegabytes: number;
  readonly warn: (text: string) => void;
  readonly host: 'browser' | 'desktop';
  /** Folders that an interface may name files in; null: the whole disk. */
  readonly roots: readonly string[] | null;
  /** The built interface, out/renderer. */
  readonly interfaceFolder: string;
};

type Opening = { readonly project: Promise<OpenProject>; users: number };

export class EditorHost {
  readonly #options: EditorHostOptions;
  readonly #roots: Roots;
  readonly #engine: Engine;
  readonly #web: WebApp;
  readonly #reviews = new Reviews();
  readonly #proxies: Proxies;
  readonly #projects = new Map<string, Opening>();
  /** Every change of any job: for the taskbar, notifications, and keeping the machine awake. */
  readonly jobTold = new Emitter<Job>();
  readonly jobEnded = new Emitter<Job>();
  #isClosing = false;

  static async start(options: EditorHostOptions): Promise<EditorHost> {
    const { cacheDir, workers, memoryMegabytes, warn, launcher } = options;
    return new EditorHost(options, await createEngine({ cacheDir, keepsNothing: false, temporaryBeside: null, workers, memoryMegabytes, warn, launcher }));
  }

  private constructor(options: EditorHostOptions, engine: Engine) {
    this.#options = options;
    this.#engine = engine;
    this.#proxies = new Proxies(engine.proxiesFolder);
    this.#roots = new Roots(options.roots);
    this.#web = webApp({ interfaceFolder: options.interfaceFolder, preview: new PreviewService(engine.host.jobs, engine.previewFolder), reviews: this.#reviews });
  }

  /** One interface's connection; its first message names the project's file. */
  serve(transport: Transport): void {
    serveConnection(transport, { open: (project) => this.#open(project), report: (error) => { this.#options.warn(flattenError(error).message); } });
  }

  /** Answers for the interface's files and for media. */
  fetch(request: Request): Promise<Response> {
    return this.#web.fetch(request);
  }

  async runningJobs(): Promise<readonly Job[]> {
    const open = await Promise.all([...this.#projects.values()].map(({ project }) => project.catch(() => null)));
    return open.flatMap((project) => project?.jobs.running() ?? []);
  }

  /** Stops what runs (it is found as interrupted at the next start) and closes every project. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const open = await Promise.all([...this.#projects.values()].map(({ project }) => project.catch(() => null)));
    this.#projects.clear();
    await Promise.all(open.flatMap((project) => (project ? [project.close()] : [])));
    this.#reviews.close();
    await this.#engine.close();
  }

  async #open(name: string): Promise<Served> {
    const path = await this.#roots.allow(name);
    const opening = this.#projects.get(path) ?? { project: this.#openFile(path), users: 0 };
    this.#projects.set(path, opening);
    opening.users++;
    try {
      const project = await opening.project;
      const mediaBase = this.#web.add(project);
      return {
        run: project.run, log: project.log, release: () => { this.#release(path, opening, project); },
        handlers: allHandlers(project, this.#roots, { host: this.#options.host, mediaBase }),
      };
    } catch (error) {
      this.#projects.delete(path);
      throw error;
    }
  }

  async #openFile(path: string): Promise<OpenProject> {
    if (extname(path) !== '.stringout') throw new StringoutError('usage', 'a project\'s name ends in .stringout', { file: path });
    const options = { warn: this.#options.warn };
    const file = await access(path).then(() => true, () => false) ? ProjectFile.open(path, options) : ProjectFile.create(path, options);
    const project = new OpenProject(projectStore(file), this.#engine.host, this.#proxies, this.#reviews);
    project.jobs.told.on((job) => { this.jobTold.emit(job); });
    project.jobs.ended.on((job) => { this.jobEnded.emit(job); });
    return project;
  }

  /** A project that nobody looks at and that does nothing is closed. */
  #release(path: string, opening: Opening, project: OpenProject): void {
    opening.users--;
    const closeIfIdle = (): void => {
      if (opening.users > 0 || this.#isClosing || project.jobs.running().length > 0 || this.#projects.get(path) !== opening) return;
      this.#projects.delete(path);
      this.#web.remove(project);
      project.close().catch((error: unknown) => { this.#options.warn(flattenError(error).message); });
    };
    closeIfIdle();
    project.jobs.ended.on(closeIfIdle);
  }
}
