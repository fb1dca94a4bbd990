/** What every command needs of the machine: a host with workers and cache, closed whatever happens. */
import { createEngine, type Engine } from '../../services/create-engine.ts';
import { workerLauncher } from '../launch-worker.ts';
import { ProgressMeter } from '../../services/assembly/progress-meter.ts';
import type { CliOptions } from './cli-options.ts';
import { interruption } from './interruption.ts';
import { makeOutput, type Output } from './output.ts';

export type Session = {
  readonly running: Engine;
  readonly output: Output;
  readonly meter: ProgressMeter;
  readonly signal: AbortSignal;
};

/** `temporaryBeside` is where segments go with --no-cache: the folder of the movie. */
export async function withSession<T>(options: CliOptions, temporaryBeside: string | null, work: (session: Session) => Promise<T>): Promise<T> {
  const output = makeOutput(options.json);
  if (!options.cache) interruption.note('nothing was changed');
  const running = await createEngine({
    cacheDir: options.cacheDir ?? null, keepsNothing: !options.cache, temporaryBeside,
    workers: options.workers ?? null, memoryMegabytes: options.memory, warn: (text) => { output.warn(text); },
    launcher: workerLauncher(),
  });
  const meter = new ProgressMeter((progress) => { output.progress(progress); });
  try {
    return await work({ running, output, meter, signal: interruption.signal });
  } finally {
    output.finish();
    await running.close();
  }
}
