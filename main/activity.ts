/** Jobs as the desktop shows them: progress in the task bar, a word when an export has ended, and a machine that stays awake meanwhile. */
import { app, BrowserWindow, Notification, powerSaveBlocker, shell } from 'electron';
import type { Job } from '../app/contract/editor/export-settings.ts';

export class Activity {
  readonly #running = new Map<string, Job>();
  #blocker: number | null = null;

  /** Every change of a job, whichever project's. */
  tell(job: Job): void {
    const key = `${job.created} ${job.id}`; // ids are a project's own
    if (job.state === 'running') this.#running.set(key, job);
    else this.#running.delete(key);
    this.#show();
  }

  /** Once for each job. Who looks at the editor sees it there. */
  ended(job: Job): void {
    if (job.kind !== 'export' || job.state === 'cancelled' || !Notification.isSupported()) return;
    if (BrowserWindow.getAllWindows().some((window) => window.isFocused())) return;
    const isDone = job.state === 'done';
    const notice = new Notification({ title: isDone ? 'Export done' : 'Export failed', body: isDone ? [job.label, ...job.result].join('\n') : `${job.label}\n${job.problem ?? ''}` });
    notice.on('click', () => { if (isDone && job.output !== null) shell.showItemInFolder(job.output); });
    notice.show();
    app.dock?.bounce('informational');
  }

  /** No job runs any more, whatever was told before. */
  clear(): void {
    this.#running.clear();
    this.#show();
  }

  #show(): void {
    const jobs = [...this.#running.values()];
    const progress = jobs.length === 0 ? -1 : jobs.reduce((sum, job) => sum + job.progress, 0) / jobs.length;
    for (const window of BrowserWindow.getAllWindows()) window.setProgressBar(progress);
    if (jobs.length > 0) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
