/**
 * Whether a folder lies where SQLite's WAL cannot work: other machines do not see its shared memory, and locks may be missing. FUSE and
 * the file systems of virtual machines count too: a rollback journal is only slower there.
 */
import { statfsSync } from 'node:fs';

/** `f_type` of statfs(2) on Linux. */
const networkTypes: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, 0xff534d42, 0xfe534d42, // SMB
  0x65735546, // FUSE: sshfs, rclone, virtiofs
  0x01021997, // 9p
  0x00c36400, // Ceph
  0x5346414f, 0x6b414653, // AFS
  0x0bd00bd0, // Lustre
  0x19830326, // BeeGFS
  0x47504653, // GPFS
  0x01161970, // GFS2
  0x7461636f, // OCFS2
  0x786f4256, 0xbacbacbc, // folders shared with VirtualBox and VMware
]);

export function isOnNetwork(folder: string): boolean {
  if (process.platform === 'win32') return folder.startsWith('\\\\');
  if (process.platform !== 'linux') return false;
  return networkTypes.has(statfsSync(folder).type >>> 0);
}
