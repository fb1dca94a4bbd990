/** FFmpeg in process, silenced: what it has to say comes as error codes. Names as everywhere else in the program become its numbers here. */
import { avGetPixFmtFromName, avGetPixFmtName, FFmpegError, Log } from 'node-av/lib';
import { AV_LOG_QUIET, AV_PIX_FMT_NONE, type AVPixelFormat } from 'node-av/constants';
import { StringoutError, type ErrorCode } from '../../app/base/errors.ts';

Log.setLevel(AV_LOG_QUIET);
// SVT-AV1 writes to stderr by itself; 1 leaves errors only.
process.env['SVT_LOG'] ??= '1';

/** Throws `internal` for a name that FFmpeg does not know. */
export function pixelFormatId(name: string): AVPixelFormat {
  const id = avGetPixFmtFromName(name);
  if (id === AV_PIX_FMT_NONE) throw new StringoutError('internal', `there is no pixel format ${name}`);
  return id;
}

/** FFmpeg's name, "" where unknown. */
export function pixelFormatName(id: number): string {
  return avGetPixFmtName(id as AVPixelFormat) ?? '';
}

/** Throws where `code` is one of FFmpeg's errors. `what` begins the message: "the decoder refuses this picture". */
export function check(code: number, error: ErrorCode, what: string): number {
  if (code < 0) throw new StringoutError(error, `${what} (${new FFmpegError(code).message})`);
  return code;
}
