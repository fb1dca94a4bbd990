/**
 * The closed set of error codes. An error is thrown as `StringoutError` inside a process and flattened once,
 * by `flattenError`, where it crosses to another process or to the user.
 */
export const errorCodes = [
  'usage', // the command line or a request is malformed
  'input.missing', // a file or folder that was named does not exist
  'input.unreadable', // it exists but cannot be opened or read (permission, I/O)
  'input.unsupported', // recognised, and not taken (camera raw, AAF, a playlist)
  'input.damaged', // truncated, lying sizes, garbage
  'input.changed', // a source changed or vanished during the run
  'list.invalid', // a shot list or timeline breaks its format
  'range.invalid', // zero-length, backward, negative or past the end
  'plan.impossible', // no way to make this clip fit the profile or container
  'output.refused', // the target is a source, a directory, or on a read-only place
  'output.full', // not enough space
  'output.failed', // writing failed
  'decode.failed', // a frame that the plan needs did not come out of the decoder
  'encode.failed',
  'worker.crashed', // the process died (signal, abort, out of memory)
  'worker.timeout', // a job passed its deadline
  'worker.protocol', // a message that does not fit the contract
  'memory.exhausted', // no lease can ever be granted for this job
  'storage.corrupt', // index or cache could not be used and was rebuilt
  'verify.failed',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Where the trouble lies, as far as it is known: all parts are shown to the user. */
export type ErrorPlace = {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly clip?: string | undefined;
};

/** What crosses a process boundary. `message` says what and what to do, in one or two sentences. */
export type FlatError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly place: ErrorPlace;
};

export class StringoutError extends Error {
  readonly code: ErrorCode;
  readonly place: ErrorPlace;

  constructor(code: ErrorCode, message: string, place: ErrorPlace = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StringoutError';
    this.code = code;
    this.place = place;
  }
}

/** The same error with more of its place filled in; what is already known wins. */
export function withPlace(error: unknown, place: ErrorPlace): StringoutError {
  const flat = flattenError(error);
  return new StringoutError(flat.code, flat.message, { ...place, ...definedOnly(flat.place) }, { cause: error });
}

export function flattenError(error: unknown): FlatError {
  if (error instanceof StringoutError) return { code: error.code, message: error.message, place: error.place };
  if (error instanceof Error) {
    const code = systemErrorCode(error);
    return { code: code ?? 'internal', message: error.message, place: systemErrorPlace(error) };
  }
  return { code: 'internal', message: String(error), place: {} };
}

export function unflattenError(flat: FlatError): StringoutError {
  return new StringoutError(flat.code, flat.message, flat.place);
}

/** "FILE, line N, clip C: message", leaving out what is unknown. */
export function describeError(flat: FlatError): string {
  const { file, line, clip } = flat.place;
  const parts = [
    ...(file === undefined ? [] : [JSON.stringify(file).slice(1, -1)]),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(clip === undefined ? [] : [`clip ${JSON.stringify(clip)}`]),
  ];
  return parts.length === 0 ? flat.message : `${parts.join(', ')}: ${flat.message}`;
}

const systemCodes: Readonly<Record<string, ErrorCode>> = {
  ENOENT: 'input.missing',
  ENOTDIR: 'input.missing',
  EACCES: 'input.unreadable',
  EPERM: 'input.unreadable',
  EISDIR: 'input.unreadable',
  EIO: 'input.unreadable',
  ENOSPC: 'output.full',
  EDQUOT: 'output.full',
  EROFS: 'output.refused',
};

function systemErrorCode(error: Error): ErrorCode | undefined {
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? systemCodes[code] : undefined;
}

function systemErrorPlace(error: Error): ErrorPlace {
  return 'path' in error && typeof error.path === 'string' ? { file: error.path } : {};
}

function definedOnly(place: ErrorPlace): ErrorPlace {
  return Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
}
