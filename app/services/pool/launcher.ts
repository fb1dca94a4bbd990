/** Port: how a host starts a worker process. Node forks; Electron has utility processes. */

export type WorkerExit = {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** Last lines of its standard error. */
  readonly stderr: string;
};

export type WorkerEvents = {
  message(value: unknown): void;
  /** Exactly once, also when the process could not be started; nothing comes after it. */
  exit(exit: WorkerExit): void;
};

export interface WorkerHandle {
  /** Undefined when the process could not be started. */
  readonly pid: number | undefined;
  /** Structured clone; a message to a process that is gone is dropped. */
  send(message: unknown): void;
  /** At once, without asking (SIGKILL). */
  kill(): void;
}

export interface WorkerLauncher {
  launch(events: WorkerEvents): WorkerHandle;
}
