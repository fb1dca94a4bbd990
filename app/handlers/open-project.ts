/** A project that is open in this host, with everything that works on it. Opened once, whatever number of windows show it. */
import { randomUUID } from 'node:crypto';
import { flattenError } from '../base/errors.ts';
import type { AssemblyHost } from '../services/assembly/ports.ts';
import { bringIn } from '../services/project/bring-in.ts';
import { CostService } from '../services/project/cost-service.ts';
import { exportClips } from '../services/project/export-clips.ts';
import { exportMovie } from '../services/project/export-movie.ts';
import { exportStems } from '../services/project/export-stems.ts';
import { JobList } from '../services/project/job-list.ts';
import type { ProjectStore } from '../services/project/ports.ts';
import { MediaWatch } from '../services/project/media-watch.ts';
import { ProjectSession } from '../services/project/project-session.ts';
import { ProjectSettings } from '../services/project/project-settings.ts';
import type { Proxies } from '../services/project/proxies.ts';
import type { Reviews } from '../services/project/reviews.ts';
import { RelinkSearches } from '../services/project/relink-search.ts';
import { SourceLibrary } from '../services/project/source-library.ts';
import { WatchedFolders } from '../services/project/watched-folders.ts';
import { EventLog } from '../rpc/event-log.ts';

export class OpenProject {
  /** Names this opening: the part of media URLs that is the project's, and what a page compares after a restart of the host. */
  readonly run = randomUUID();
  readonly log = new EventLog();
  readonly session: ProjectSession;
  readonly settings: ProjectSettings;
  readonly library: SourceLibrary;
  readonly cost: CostService;
  readonly jobs: JobList;
  readonly engine: AssemblyHost;

  readonly proxies: Proxies;
  readonly watched: WatchedFolders;
  readonly media: MediaWatch;
  readonly reviews: Reviews;
  readonly relinkSearches = new RelinkSearches();

  constructor(store: ProjectStore, engine: AssemblyHost, proxies: Proxies, reviews: Reviews) {
    this.engine = engine;
    this.reviews = reviews;
    this.proxies = proxies;
    this.session = new ProjectSession(store, this.log);
    this.settings = new ProjectSettings(this.session);
    this.library = new SourceLibrary(engine);
    this.cost = new CostService(this.session, this.library, () => this.settings.all.exportSettings, (key) => engine.cache.has(key));
    this.jobs = new JobList(this.session, ({ job: { kind, output }, settings }) => {
      if (!settings || output === null) return null;
      if (kind === 'pulls') return exportClips(this.session, settings, output, engine);
      if (kind === 'stems') return exportStems(this.session, settings, output, engine);
      return kind === 'export' ? exportMovie(this.session, settings, output, engine) : null;
    });
    this.watched = new WatchedFolders(
      (paths) => { this.jobs.add({ kind: 'bringIn', label: `New in watched folders: ${paths.length}`, output: null, settings: null }, bringIn(paths, this.session, this.library)); },
      (text) => { this.log.publish('notice', { level: 'warning', text }); },
    );
    this.watched.watch(this.settings.all.watched);
    this.media = new MediaWatch(this.session, this.library, (error) => { this.log.publish('notice', { level: 'warning', text: flattenError(error).message }); });
    this.jobs.ended.on(({ kind }) => { if (kind === 'export' || kind === 'conform' || kind === 'review') this.cost.refresh(); });
  }

  async close(): Promise<void> {
    await this.watched.close();
    await this.media.close();
    await this.jobs.close();
    await this.cost.close();
    this.log.close();
    await this.session.store.close();
  }
}
