/** The media of an `.otioz` as files: unpacked once into a cache, found again there. */
import { createHash } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extractOtioz } from '../../interchange/otio/otioz.ts';

/** The folder below `cacheFolder` that holds all of the bundle; whole, or not there. Its relative media lie in it. */
export async function unpackedMedia(bundle: string, cacheFolder: string): Promise<string> {
  const path = await realpath(bundle);
  const { size, mtimeNs } = await stat(path, { bigint: true });
  const key = createHash('sha256').update(`${path}\0${size}\0${mtimeNs}`).digest('hex').slice(0, 32);
  const folder = join(cacheFolder, key);
  if (await stat(folder).then(() => true, () => false)) return folder;
  const temporary = `${folder}-${process.pid}.tmp`;
  await rm(temporary, { recursive: true, force: true });
  await mkdir(temporary, { recursive: true });
  try {
    await extractOtioz(path, temporary);
    // Another process may have been faster: its folder is as good.
    await rename(temporary, folder).catch(async (error: unknown) => {
      if (!await stat(folder).then(() => true, () => false)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}
