/** A timeline file or bundle of any format, recognised by its content, as the shared model. */
import { open, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StringoutError, withPlace } from '../../base/errors.ts';
import type { Rational } from '../../domain/rational.ts';
import { decodeText } from '../../interchange/decode-text.ts';
import type { ReadDocument } from '../../interchange/document.ts';
import { bundles, textFormats, type FormatName } from '../../interchange/formats.ts';
import { recogniseBytes, recogniseText } from '../../interchange/recognise.ts';

/** A list of 100,000 lines is a tenth of this. */
const mostBytes = 256 * 1024 * 1024;
const headBytes = 64 * 1024;

export type OpenedTimeline = ReadDocument & {
  /** Absolute. */
  readonly path: string;
  readonly format: FormatName;
  /** Relative media lie here; null for a zip, whose media have to be unpacked first. */
  readonly mediaFolder: string | null;
};

/** Throws `input.missing`, `input.unsupported` for what is no timeline, and what its reader throws. */
export async function openTimeline(input: string, options: { readonly sourceRate: Rational | null }): Promise<OpenedTimeline> {
  const path = resolve(input);
  const found = await stat(path).catch((error: unknown) => {
    const failure = withPlace(error, { file: path });
    throw failure.code === 'input.missing' ? new StringoutError('input.missing', 'does not exist', { file: path }, { cause: error }) : failure;
  });
  if (found.isDirectory()) return openFolder(path, options.sourceRate);
  if (!found.isFile()) throw new StringoutError('input.unsupported', 'is neither a file nor a folder', { file: path });
  if (recogniseBytes(await readHead(path), path) === 'zip') {
    const { readOtiozText } = await import('../../interchange/otio/otioz.ts');
    return { ...await read(await readOtiozText(path), path, options.sourceRate), format: 'otioz', mediaFolder: null };
  }
  return openText(path, path, options.sourceRate);
}

/** A bundle by what lies in it. */
async function openFolder(folder: string, sourceRate: Rational | null): Promise<OpenedTimeline> {
  for (const packing of ['otiod', 'fcpxmld'] as const) {
    const entry = join(folder, bundles[packing].entry);
    if (!await stat(entry).then((found) => found.isFile(), () => false)) continue;
    return { ...await openText(entry, folder, sourceRate), format: packing, mediaFolder: folder };
  }
  throw new StringoutError('input.unsupported', 'is a folder, and no timeline bundle (.otiod, .fcpxmld): give a timeline file', { file: folder });
}

/** `path` is where the text lies, `named` what the user calls it. */
async function openText(path: string, named: string, sourceRate: Rational | null): Promise<OpenedTimeline> {
  const { size } = await stat(path);
  if (size > mostBytes) throw new StringoutError('input.unsupported', 'is too large for a timeline', { file: path });
  const opened = await read(await readFile(path), path, sourceRate);
  return { ...opened, path: named, mediaFolder: dirname(path) };
}

async function read(bytes: Uint8Array, path: string, sourceRate: Rational | null): Promise<Omit<OpenedTimeline, 'mediaFolder'>> {
  const text = decodeText(bytes);
  const format = recogniseText(text, path);
  const reader = await textFormats[format].load();
  return { ...reader.read(text, { path, sourceRate }), path, format };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => { throw withPlace(error, { file: path }); });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
