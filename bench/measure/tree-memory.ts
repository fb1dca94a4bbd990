/** Memory of a process's descendants, from /proc: the process itself (a shell that only waits) is left out. */
import { readFileSync } from 'node:fs';

const pageBytes = 4096;

export function treeMemory(pid: number): number {
  return children(pid).reduce((sum, child) => sum + residentBytes(child) + treeMemory(child), 0);
}

function children(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);
}

function residentBytes(pid: number): number {
  return Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has ended meanwhile, or this is not Linux
  }
}
