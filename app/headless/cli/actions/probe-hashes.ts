/** What `probe` tells of hash lists: the hashes they have of a file, and whether the file still is what they say. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { describeError } from '../../../base/errors.ts';
import { forEachLimited } from '../../../base/for-each-limited.ts';
import { listSequence } from '../../../services/inputs/list-sequence.ts';
import type { JobRunner } from '../../../services/assembly/ports.ts';
import { checkHashes, type FileCheck } from '../../../services/mhl/check-hashes.ts';
import { HashLists, type KnownHash } from '../../../services/mhl/hash-lists.ts';
import { printable, type Output } from '../output.ts';

/** `file`: of numbered pictures each has its own. */
export type ProbedHash = KnownHash & { readonly file: string };

const mostShown = 4;

export class ProbedHashes {
  readonly #jobs: JobRunner;
  readonly #output: Output;
  readonly #signal: AbortSignal;
  readonly #lists = new HashLists();
  readonly #told = new Set<string>();
  readonly #checks = new Map<string, FileCheck>();
  readonly #tellBroken: (text: string) => void;

  /** `isCheck`: a list that cannot be relied on is an error, where it else is worth a warning. */
  constructor(jobs: JobRunner, output: Output, signal: AbortSignal, isCheck: boolean) {
    this.#jobs = jobs;
    this.#tellBroken = isCheck ? (text) => { process.stderr.write(`stringout: ${text}\n`); } : (text) => { output.warn(text); };
    this.#output = output;
    this.#signal = signal;
  }

  /** Lists that cannot be read or were changed; they are told once. */
  get brokenLists(): number {
    return this.#told.size;
  }

  async find(path: string): Promise<readonly ProbedHash[]> {
    const found: ProbedHash[] = [];
    for (const file of await filesOf(path)) {
      const { hashes, problems } = await this.#lists.find(file);
      found.push(...hashes.map((hash) => ({ ...hash, file })));
      for (const problem of problems) {
        const text = describeError(problem);
        if (!this.#told.has(text)) this.#tellBroken(text);
        this.#told.add(text);
      }
    }
    return found;
  }

  /** All of them, as many at once as there are workers; `onProgress` counts bytes. Throws `cancelled`. */
  async check(paths: readonly string[], onProgress: (done: number, of: number) => void): Promise<void> {
    const files = [...new Set((await Promise.all(paths.map(filesOf))).flat())];
    const done = new Map<string, number>();
    let total = 0;
    for (const file of files) total += (await stat(file).catch(() => null))?.size ?? 0;
    await forEachLimited(files, this.#jobs.concurrency, async (file) => {
      this.#checks.set(file, await checkHashes(file, await this.#lists.find(file), this.#jobs, {
        signal: this.#signal,
        onProgress: (bytes) => {
          done.set(file, bytes);
          onProgress([...done.values()].reduce((sum, each) => sum + each, 0), total);
        },
      }));
    });
  }

  /** What was found of each file. False where one is not what a list says, or cannot be read. */
  async tell(path: string): Promise<boolean> {
    const counts = { matched: 0, all: 0 };
    let isWell = true;
    for (const file of await filesOf(path)) {
      const found = this.#checks.get(file);
      if (!found) continue;
      const { state, checked, error, warning } = found;
      this.#output.event({ event: 'check', path: file, state, hashes: checked.map(({ method, expected, found: value, list }) => ({ method, expected, found: value, list })), ...(error ? { error } : {}) });
      if (warning !== null) this.#output.warn(warning);
      if (error) {
        isWell = false;
        process.stderr.write(`stringout: ${describeError(error)}\n`);
      }
      counts.all += 1;
      if (state === 'matched') counts.matched += 1;
    }
    if (counts.matched > 0) this.#output.line(`  checked  ${counts.all === 1 ? 'is what the list says' : `${counts.matched} of ${counts.all} files are what the lists say`}`);
    return isWell;
  }
}

/** For people. */
export function hashLines(hashes: readonly ProbedHash[]): string[] {
  const lines = hashes.slice(0, mostShown).map(({ method, value, list }) => `  hash     ${method} ${printable(value)} (${printable(basename(list))})`);
  return hashes.length > mostShown ? [...lines, `  and ${hashes.length - mostShown} hashes more (--json lists all)`] : lines;
}

/** One, or those of numbered pictures. */
async function filesOf(path: string): Promise<readonly string[]> {
  const sequence = await listSequence(path).catch(() => null);
  return sequence ? [...new Set(sequence.files)] : [path];
}
