/**
 * One budget over the process tree. A job takes a lease of what it needs before it runs; leases are granted first come, first served,
 * while their sum and the measured memory fit. The budget counts resident bytes, not heap: workers hold native memory.
 */
import { StringoutError } from '../../base/errors.ts';

export type MemoryReading = {
  /** Resident bytes of this process. */
  readonly host: number;
  /** Resident bytes of each worker process. */
  readonly workers: ReadonlyMap<number, number>;
};

export type MemoryOptions = {
  readonly budgetBytes: number;
  /** Most leases out at once. */
  readonly leases: number;
  readonly read: () => MemoryReading;
  /** Called when measured memory nears the budget: give back what is idle. */
  readonly onPressure: () => void;
};

export type Lease = {
  readonly bytes: number;
  /** Twice is an error of the caller and throws. */
  release(): void;
};

type Waiting = { readonly bytes: number; readonly grant: () => void };

const sampleMs = 200;
const freshMs = 50;
/** Share of the budget at which no further lease is granted while others are out. */
const pressure = 0.9;
const toleranceOfEstimates = 1.5;
/** Memory of the host that no lease covers, before it is measured. */
const hostAllowance = 128 * 1024 * 1024;

export class MemoryManager {
  readonly #options: MemoryOptions;
  readonly #queue: Waiting[] = [];
  #leases = 0;
  #leased = 0;
  #timer: NodeJS.Timeout | null = null;
  #reading: MemoryReading;
  #readAt = -Infinity;
  #peak = 0;

  constructor(options: MemoryOptions) {
    this.#options = options;
    this.#reading = { host: hostAllowance, workers: new Map() };
  }

  /** Highest sum over the process tree that a sample saw, in bytes. */
  get peakRssBytes(): number {
    this.#sample();
    return this.#peak;
  }

  /**
   * An estimate somewhat above the budget gets all of it and runs alone. Throws `memory.exhausted` for what no budget
   * of this size could ever hold, `cancelled` on abort.
   */
  acquire(estimate: number, signal: AbortSignal): Promise<Lease> {
    const { promise, resolve, reject } = Promise.withResolvers<Lease>();
    const { budgetBytes } = this.#options;
    const bytes = Math.min(estimate, budgetBytes - Math.min(hostAllowance, budgetBytes / 2));
    if (estimate > toleranceOfEstimates * budgetBytes) {
      const needed = Math.ceil((estimate + hostAllowance) / (1024 * 1024));
      reject(new StringoutError('memory.exhausted', `this needs about ${needed} MB of memory and the budget is ${Math.round(budgetBytes / (1024 * 1024))} MB: raise it with --memory`));
    } else if (signal.aborted) {
      reject(new StringoutError('cancelled', 'cancelled'));
    } else {
      const onAbort = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(new StringoutError('cancelled', 'cancelled'));
        this.#grantWaiting();
      };
      const waiting: Waiting = {
        bytes,
        grant: () => {
          signal.removeEventListener('abort', onAbort);
          resolve(this.#lease(bytes));
        },
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiting);
      this.#grantWaiting();
    }
    return promise;
  }

  /** Whether a worker holds more than twice what its lease was for. */
  hasOutgrown(pid: number, lease: Lease): boolean {
    // Jobs of a millisecond must not read the memory of all processes each time.
    if (performance.now() - this.#readAt > freshMs) this.#sample();
    return (this.#reading.workers.get(pid) ?? 0) > 2 * lease.bytes;
  }

  /** Stops sampling; leases that are out may still be released. */
  close(): void {
    this.#stopSampling();
  }

  #lease(bytes: number): Lease {
    let isReleased = false;
    return {
      bytes,
      release: () => {
        if (isReleased) throw new Error('a lease was released twice');
        isReleased = true;
        this.#leases--;
        this.#leased -= bytes;
        this.#grantWaiting();
        if (this.#leases === 0) this.#stopSampling();
      },
    };
  }

  #grantWaiting(): void {
    for (let head = this.#queue[0]; head && this.#fits(head.bytes); head = this.#queue[0]) {
      this.#queue.shift();
      this.#leases++;
      this.#leased += head.bytes;
      if (this.#leases === 1) this.#startSampling();
      head.grant();
    }
  }

  #fits(bytes: number): boolean {
    const { budgetBytes, leases } = this.#options;
    if (this.#leases === 0) return true; // One job always runs: acquire() has refused what cannot.
    if (this.#leases >= leases) return false;
    const measured = total(this.#reading);
    return this.#reading.host + this.#leased + bytes <= budgetBytes && measured < pressure * budgetBytes;
  }

  #sample(): void {
    this.#reading = this.#options.read();
    this.#readAt = performance.now();
    const measured = total(this.#reading);
    this.#peak = Math.max(this.#peak, measured);
    if (measured >= pressure * this.#options.budgetBytes) this.#options.onPressure();
    this.#grantWaiting();
  }

  #startSampling(): void {
    this.#timer ??= setInterval(() => this.#sample(), sampleMs).unref();
  }

  #stopSampling(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}

function total(reading: MemoryReading): number {
  let sum = reading.host;
  for (const bytes of reading.workers.values()) sum += bytes;
  return sum;
}
