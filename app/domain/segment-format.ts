/**
 * A segment file of the cache: coded samples from byte 0 on, then this trailer, which tells all that the layout needs of them.
 *
 *   payload | body: u32 length of the head, head (JSON), config, size u32[n], display u32[n], flags u8[n] | footer of 64 bytes
 *
 * The footer ends with a magic, so that a file cut short is never taken for whole. All numbers are little-endian.
 */
import { createHash } from 'node:crypto';

export type PictureTrailer = {
  readonly kind: 'picture';
  readonly config: Uint8Array;
  readonly tag: string;
  readonly size: Uint32Array;
  readonly display: Uint32Array;
  readonly flags: Uint8Array;
};
export type SoundTrailer = {
  readonly kind: 'sound';
  readonly config: Uint8Array;
  readonly priming: number;
  readonly size: Uint32Array;
  readonly warnings: readonly string[];
};
export type SegmentTrailer = PictureTrailer | SoundTrailer;

/** Bytes of the payload, and its spread hash in hex. */
export type SegmentPayload = { readonly length: number; readonly hash: string };
export type SegmentFooter = { readonly bodyLength: number; readonly bodyHash: string; readonly payload: SegmentPayload };

export const segmentFooterSize = 64;
/** The last number is the version: raised with every change of the format. */
const magic = Buffer.from('STRNGOUTSEG\x01', 'latin1');
/** An hour at 60 fps is 2 MB. */
const largestBody = 256 * 1024 * 1024;

type Head = {
  readonly kind: 'picture' | 'sound';
  readonly tag: string;
  readonly priming: number;
  readonly warnings: readonly string[];
  readonly configLength: number;
  readonly samples: number;
};

/** Body and footer, to be written behind the payload. The sizes must add up to its length. */
export function serialiseTrailer(trailer: SegmentTrailer, payload: SegmentPayload): Uint8Array {
  if (sum(trailer.size) !== payload.length) throw new RangeError(`samples of ${sum(trailer.size)} bytes in a payload of ${payload.length}`);
  const head: Head = {
    kind: trailer.kind,
    tag: trailer.kind === 'picture' ? trailer.tag : '',
    priming: trailer.kind === 'sound' ? trailer.priming : 0,
    warnings: trailer.kind === 'sound' ? trailer.warnings : [],
    configLength: trailer.config.length,
    samples: trailer.size.length,
  };
  const headBytes = Buffer.from(JSON.stringify(head));
  const headLength = Buffer.alloc(4);
  headLength.writeUInt32LE(headBytes.length);
  const columns = trailer.kind === 'picture' ? [uint32Bytes(trailer.display), trailer.flags] : [];
  const body = Buffer.concat([headLength, headBytes, trailer.config, uint32Bytes(trailer.size), ...columns]);
  const footer = Buffer.alloc(segmentFooterSize);
  footer.writeUInt32LE(body.length, 0);
  footer.writeDoubleLE(payload.length, 4);
  footer.write(hashOf(body), 12, 20, 'hex');
  footer.write(payload.hash, 32, 20, 'hex');
  magic.copy(footer, 52);
  return Buffer.concat([body, footer]);
}

/** From the last 64 bytes of a file of `fileSize` bytes. Null: not a whole segment. */
export function parseFooter(bytes: Uint8Array, fileSize: number): SegmentFooter | null {
  const footer = view(bytes);
  if (footer.length !== segmentFooterSize || !footer.subarray(52).equals(magic)) return null;
  const bodyLength = footer.readUInt32LE(0);
  const length = footer.readDoubleLE(4);
  if (!Number.isSafeInteger(length) || length < 0 || bodyLength > largestBody) return null;
  if (length + bodyLength + segmentFooterSize !== fileSize) return null;
  return { bodyLength, bodyHash: footer.toString('hex', 12, 32), payload: { length, hash: footer.toString('hex', 32, 52) } };
}

/** From the bytes between payload and footer. Null: damaged. */
export function parseBody(bytes: Uint8Array, footer: SegmentFooter): SegmentTrailer | null {
  const body = view(bytes);
  if (body.length !== footer.bodyLength || body.length < 4 || hashOf(body) !== footer.bodyHash) return null;
  const headEnd = 4 + body.readUInt32LE(0);
  const head = headEnd <= body.length ? parseHead(body.toString('utf8', 4, headEnd)) : null;
  if (!head) return null;
  const { kind, samples } = head;
  const sizesAt = headEnd + head.configLength;
  if (sizesAt + samples * (kind === 'picture' ? 9 : 4) !== body.length) return null;
  const config = Uint8Array.from(body.subarray(headEnd, sizesAt));
  const size = readUint32s(body, sizesAt, samples);
  if (sum(size) !== footer.payload.length) return null;
  if (kind === 'sound') return { kind, config, priming: head.priming, size, warnings: head.warnings };
  const display = readUint32s(body, sizesAt + 4 * samples, samples);
  if (!isPermutation(display)) return null;
  return { kind, config, tag: head.tag, size, display, flags: Uint8Array.from(body.subarray(sizesAt + 8 * samples)) };
}

function parseHead(text: string): Head | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null; // Its hash was right, so another program wrote it.
  }
  return isHead(value) ? value : null;
}

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, tag, priming, warnings, configLength, samples } = value as Partial<Record<keyof Head, unknown>>;
  return (kind === 'picture' || kind === 'sound') && typeof tag === 'string' && isCount(priming) && isCount(configLength) && isCount(samples)
    && Array.isArray(warnings) && warnings.every((warning) => typeof warning === 'string');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isPermutation(values: Uint32Array): boolean {
  const seen = new Uint8Array(values.length);
  for (const value of values) {
    if (value >= values.length || seen[value] === 1) return false;
    seen[value] = 1;
  }
  return true;
}

function sum(values: Uint32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

function uint32Bytes(values: Uint32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeUInt32LE(value, i * 4));
  return bytes;
}

function readUint32s(bytes: Buffer, at: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => bytes.readUInt32LE(at + i * 4));
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
