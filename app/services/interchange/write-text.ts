/** A text as a new file that is on the disk when this is done. */
import { open } from 'node:fs/promises';

/** Fails where `path` exists. */
export async function writeText(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
