/** What a running job may say and ask; handed to every handler in jobs/. */
export type JobContext = {
  /** In units of the job's kind, see the contract; monotonic. */
  progress(done: number, total: number): void;
  /**
   * Await it a few times a second in long loops: lets messages in, and throws `cancelled` when the host asked for it.
   * Between two checkpoints a job works synchronously.
   */
  checkpoint(): Promise<void>;
};
