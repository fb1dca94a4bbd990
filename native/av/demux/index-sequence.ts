/** An image sequence becomes a `Source` with one file a frame. The first and the last frame are decoded, of the others the beginnings are looked at. */
import { createHash } from 'node:crypto';
import { StringoutError } from '../../../app/base/errors.ts';
import type { SourceIndexRequest } from '../../../app/contract/jobs/source-index.ts';
import type { Source } from '../../../app/domain/source.ts';
import { parseTimecode } from '../../../app/domain/timecode.ts';
import { MediaFile } from '../../index/open-media-file.ts';
import { recognise } from '../../index/recognise.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { decodeStill, stillPicture, type DecodedStill } from './still-picture.ts';

type Sequence = NonNullable<SourceIndexRequest['sequence']>;
type FrameFile = { readonly size: number; readonly modifiedMs: number; readonly codec: string };

/** Of each file so many blocks are hashed: a frame rendered anew differs in most of them. */
const blocks = 16;
const block = 4096;
const filesAtOnce = 64;

/** Throws `input.damaged`, `input.unsupported`, `input.missing`, naming the frame's file. */
export async function indexSequence(path: string, { files, rate }: Sequence, context: JobContext): Promise<Source> {
  const names = [...new Set(files)];
  const numbers = new Map(names.map((name, i) => [name, i]));
  const hash = createHash('sha1');
  const frames: FrameFile[] = [];
  for (const name of names) {
    frames.push(readFrameFile(name, frames[0]?.codec ?? null, hash));
    if (frames.length % filesAtOnce !== 0) continue;
    context.progress(frames.length, names.length);
    await context.checkpoint();
  }
  const [first] = frames;
  if (!first) throw new StringoutError('input.missing', 'no file of this image sequence exists', { file: path });
  const { format, metadata } = decodeFrame(names[0] ?? path, first.codec);
  const last = names.length > 1 ? decodeFrame(names.at(-1) ?? path, first.codec).format : format;
  if (last.width !== format.width || last.height !== format.height) {
    throw new StringoutError('input.unsupported', `is ${last.width}x${last.height}, and the sequence begins with ${format.width}x${format.height}`, { file: names.at(-1) });
  }
  const file = Uint32Array.from(files, (name) => numbers.get(name) ?? 0);
  return {
    path, size: frames.reduce((total, { size }) => total + size, 0), modifiedMs: frames.reduce((latest, { modifiedMs }) => Math.max(latest, modifiedMs), 0),
    // The same files at another rate, or with other holes, are other frames.
    fingerprint: hash.update(Uint8Array.from(new Uint8Array(file.buffer))).digest('hex'), container: 'sequence', files: names,
    picture: stillPicture(format, rate, file, Uint32Array.from(file, (number) => frames[number]?.size ?? 0)),
    sound: null, timecode: labelOf(metadata['timecode'], rate), reel: null, created: null, warnings: [],
  };
}

function readFrameFile(name: string, codec: string | null, hash: ReturnType<typeof createHash>): FrameFile {
  using file = new MediaFile(name);
  const found = recognise(file.read(0, block));
  if (found.kind !== 'still') {
    throw new StringoutError('input.unsupported', found.kind === 'refused' ? found.why : 'is no picture, though it is numbered like a frame of a sequence', { file: name });
  }
  if (codec !== null && found.codec !== codec) throw new StringoutError('input.unsupported', `is ${found.codec}, and the sequence begins with ${codec}`, { file: name });
  hash.update(`${file.size} `);
  const step = Math.max(block, (file.size - block) / (blocks - 1));
  for (let at = 0; at < file.size; at += step) hash.update(file.read(Math.floor(at), block));
  return { size: file.size, modifiedMs: file.modifiedMs, codec: found.codec };
}

function decodeFrame(name: string, codec: string): DecodedStill {
  using file = new MediaFile(name);
  return decodeStill(file, codec);
}

/** DPX and EXR carry the label of each frame. */
function labelOf(text: string | undefined, rate: Sequence['rate']): Source['timecode'] {
  const frame = text === undefined ? null : parseTimecode(text, rate);
  return frame === null ? null : { frame, rate, dropFrame: /[;,.]\d{2,3}$/.test(text ?? '') };
}
