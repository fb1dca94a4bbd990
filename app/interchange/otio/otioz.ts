/** `.otioz`: a zip of `content.otio`, `version.txt` and `media/`. Read within limits: a zip from elsewhere may lie about sizes and names. */
import { createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { StringoutError } from '../../base/errors.ts';
import type { BundledFile } from './bundle-media.ts';

const contentName = 'content.otio';
export const bundleVersion = '1.0.0';
const mostTextBytes = 256 * 1024 * 1024;
const mostEntries = 200_000;
const deepestPath = 16;
/** Media do not shrink; what grows more than this, small things aside, was made to fill a disk. */
const mostGrowth = 20;
const smallBytes = 16 * 1024 * 1024;

/** The timeline's text alone. Throws `input.damaged`, and `input.unsupported` for a zip that is no bundle. */
export async function readOtiozText(path: string): Promise<Uint8Array> {
  return withZip(path, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== contentName) continue;
      if (entry.uncompressedSize > mostTextBytes) throw new StringoutError('input.unsupported', 'holds a timeline that is too large', { file: path });
      const parts: Uint8Array[] = [];
      for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Uint8Array);
      return Buffer.concat(parts);
    }
    throw new StringoutError('input.unsupported', `is a zip archive without ${contentName}, so no .otioz bundle: give the timeline that is in it`, { file: path });
  });
}

/** Everything in it to an empty folder, as plain files. Throws `input.damaged`, and `input.unsupported` for one that would fill the disk. */
export async function extractOtioz(path: string, folder: string): Promise<void> {
  const { size } = await stat(path);
  await withZip(path, async (zip) => {
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      refuseOddNames(entry, path);
      if (entry.fileName !== contentName || entry.uncompressedSize > mostTextBytes) total += entry.uncompressedSize;
      if (total > size * mostGrowth + smallBytes) throw new StringoutError('input.unsupported', `unpacks to more than ${mostGrowth} times its size: it is not unpacked`, { file: path });
      const target = join(folder, ...entry.fileName.split('/'));
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { flags: 'wx' })).catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
        throw new StringoutError('input.damaged', `holds two files of one name (${JSON.stringify(entry.fileName)})`, { file: path }, { cause: error });
      });
    }
  });
}

/** Where `target` is a name of its own. Media are stored as they are. */
export async function writeOtioz(target: string, text: string, files: readonly BundledFile[]): Promise<void> {
  const zip = new ZipWriter();
  zip.addBuffer(Buffer.from(bundleVersion), 'version.txt');
  zip.addBuffer(Buffer.from(text), contentName);
  for (const { source, name } of files) zip.addFile(source, name, { compress: false });
  const failed = new AbortController();
  zip.on('error', (error: unknown) => { failed.abort(error); });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(target, { flags: 'wx', flush: true }), { signal: failed.signal }).catch((error: unknown) => {
    throw failed.signal.aborted ? failed.signal.reason : error;
  });
}

/** yauzl itself refuses absolute names, backslashes and `..`. */
function refuseOddNames(entry: Entry, path: string): void {
  const parts = entry.fileName.split('/');
  if (parts.length <= deepestPath && parts.every((part) => part !== '' && part !== '.' && !part.includes('\0') && Buffer.byteLength(part) <= 255)) return;
  throw new StringoutError('input.unsupported', `holds a file with a name that is not taken (${JSON.stringify(entry.fileName.slice(0, 100))})`, { file: path });
}

async function withZip<T>(path: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  let zip: ZipFile | null = null;
  try {
    zip = await openPromise(path, { autoClose: false });
    if (zip.entryCount > mostEntries) throw new StringoutError('input.unsupported', `holds ${zip.entryCount} files: more than ${mostEntries} are not taken`, { file: path });
    return await work(zip);
  } catch (error) {
    if (error instanceof StringoutError || (error instanceof Error && 'syscall' in error)) throw error;
    throw new StringoutError('input.damaged', `is a damaged zip archive: ${error instanceof Error ? error.message : String(error)}`, { file: path }, { cause: error });
  } finally {
    zip?.close();
  }
}
