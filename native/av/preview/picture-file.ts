/** One picture as a file, complete under its name or not there. */
import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { rational } from '../../../app/domain/rational.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { PictureEncoder } from '../codec/picture-encoder.ts';

/** Of Motion JPEG's quantiser: small, and no blocks to be seen at a thumbnail's size. */
const jpegOptions = { qmin: '3', qmax: '3' };

/** `frame` must have the format. Throws `encode.failed`, `output.failed`, `output.full`. */
export async function writePicture(path: string, frame: FrameHandle, format: PictureFormat): Promise<void> {
  using encoder = new PictureEncoder({ name: format.codec, options: format.codec === 'mjpeg' ? jpegOptions : {}, threads: 1 }, format, rational(25));
  encoder.send(frame, 0, true);
  const coded = encoder.receive() ?? drained(encoder);
  if (!coded) throw new StringoutError('encode.failed', `${format.codec} gave no picture`);
  await writeWhole(path, coded.data);
}

function drained(encoder: PictureEncoder): ReturnType<PictureEncoder['receive']> {
  encoder.drain();
  return encoder.receive();
}

export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
