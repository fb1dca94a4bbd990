/** Resident memory of this process and its workers. Workers start no processes of their own, so these are the whole tree. */
import { readFileSync } from 'node:fs';
import type { MemoryReading } from '../optimization/memory-manager.ts';

export type KnownProcess = { readonly pid: number; readonly reportedRss: number };

/** What the kernel says where it does (Linux), else what each worker told of itself last. A process that is gone counts nothing. */
export function readMemory(processes: readonly KnownProcess[]): MemoryReading {
  const workers = new Map<number, number>();
  for (const { pid, reportedRss } of processes) workers.set(pid, process.platform === 'linux' ? residentBytes(pid) : reportedRss);
  return { host: process.memoryUsage.rss(), workers };
}

/** VmRSS of a Linux process in bytes, 0 if it is gone. */
function residentBytes(pid: number): number {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'latin1');
  } catch {
    return 0; // It has ended since.
  }
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  return kilobytes === undefined ? 0 : Number(kilobytes) * 1024;
}
