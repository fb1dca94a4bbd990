/** Runs one command and says what it cost: wall time, CPU of all its processes, highest memory of the process tree. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { treeMemory } from './tree-memory.ts';

export type Command = { readonly program: string; readonly args: readonly string[]; readonly cwd?: string };

export type Measured = {
  readonly wallSeconds: number;
  /** User and system time of the command and of all processes it waited for. */
  readonly cpuSeconds: number;
  /** Sum of RSS over the process tree, sampled: short peaks can be missed. 0 where /proc is not there. */
  readonly peakRssBytes: number;
  readonly output: string;
};

const samplingMilliseconds = 50;

/** bash counts the CPU of every waited-for descendant, which Node does not offer. */
const timed = 'TIMEFORMAT="%3R %3U %3S"; { time "$@" >"$STRINGOUT_OUT" 2>"$STRINGOUT_ERR"; } 2>"$STRINGOUT_TIMES"';

/** Throws an Error with the end of what the command printed where it fails. */
export async function measure({ program, args, cwd }: Command): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'stringout-measure-'));
  const [out, err, times] = ['out', 'err', 'times'].map((name) => join(folder, name)) as [string, string, string];
  try {
    const child = spawn('bash', ['-c', timed, 'bash', program, ...args], {
      cwd,
      stdio: 'ignore',
      env: { ...process.env, STRINGOUT_OUT: out, STRINGOUT_ERR: err, STRINGOUT_TIMES: times },
    });
    let peakRssBytes = 0;
    const sampler = setInterval(() => (peakRssBytes = Math.max(peakRssBytes, treeMemory(child.pid ?? 0))), samplingMilliseconds);
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve)).finally(() => clearInterval(sampler));
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${readFileSync(err, 'utf8').slice(-2000)}`);
    const [wall = NaN, user = NaN, system = NaN] = readFileSync(times, 'utf8').trim().split(/\s+/).map(Number);
    return { wallSeconds: wall, cpuSeconds: user + system, peakRssBytes, output: readFileSync(out, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
