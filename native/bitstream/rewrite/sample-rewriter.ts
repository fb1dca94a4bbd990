/**
 * Samples under other parameter-set ids. What changes is told as edits of the sample, so that sizes can be known from the heads
 * of the NALs alone, before a byte is written. Sets that stand in the samples are dropped: the track's entry has them all, and one
 * in band would override another source's id.
 */
import { StringoutError } from '../../../app/base/errors.ts';

/** In order, not overlapping. */
export type Edit = { readonly at: number; readonly removed: number; readonly inserted: Uint8Array };

/** What becomes of one NAL: dropped, kept, or changed in one place. Null: `bytes` is too short a part of it to tell. */
export type NalRewriter = (bytes: Uint8Array, isWhole: boolean) => 'keep' | 'drop' | Edit | null;

/** Up to `length` bytes of a sample from `at`; fewer only at its end. Valid until the next call. */
export type SampleReader = (at: number, length: number) => Uint8Array;

export class SampleRewriter {
  readonly #lengthSize: number;
  readonly #rewrite: NalRewriter;

  constructor(lengthSize: number, rewrite: NalRewriter) {
    this.#lengthSize = lengthSize;
    this.#rewrite = rewrite;
  }

  /** Bytes of the sample after rewriting. Throws `input.damaged` where its NALs do not fill it. */
  measure(read: SampleReader, size: number): number {
    return this.#edits(read, size).reduce((total, edit) => total + edit.inserted.length - edit.removed, size);
  }

  /** Writes the rewritten sample to `target` and returns its length. */
  write(sample: Uint8Array, target: Uint8Array): number {
    let from = 0;
    let to = 0;
    for (const edit of this.#edits((at, length) => sample.subarray(at, at + length), sample.length)) {
      target.set(sample.subarray(from, edit.at), to);
      to += edit.at - from;
      target.set(edit.inserted, to);
      to += edit.inserted.length;
      from = edit.at + edit.removed;
    }
    target.set(sample.subarray(from), to);
    return to + sample.length - from;
  }

  #edits(read: SampleReader, size: number): Edit[] {
    const edits: Edit[] = [];
    const prefix = this.#lengthSize;
    for (let at = 0; at < size;) {
      const head = read(at, Math.min(size - at, prefix + 96));
      const length = readLength(head, prefix);
      const nal = at + prefix;
      if (length < 1 || nal + length > size) throw new StringoutError('input.damaged', 'a sample does not consist of whole NAL units');
      const change = this.#change(read, nal, length, head.subarray(prefix));
      if (change === 'drop') {
        edits.push({ at, removed: prefix + length, inserted: new Uint8Array(0) });
      } else if (change !== 'keep') {
        edits.push({ at, removed: prefix, inserted: lengthBytes(length + change.inserted.length - change.removed, prefix) });
        edits.push({ ...change, at: nal + change.at });
      }
      at = nal + length;
    }
    return edits;
  }

  #change(read: SampleReader, nal: number, length: number, head: Uint8Array): 'keep' | 'drop' | Edit {
    const isWhole = head.length >= length;
    const change = this.#rewrite(head.subarray(0, length), isWhole) ?? this.#rewrite(read(nal, length), true);
    if (change === null) throw new StringoutError('input.damaged', 'a slice ends inside its header');
    return change;
  }
}

function readLength(bytes: Uint8Array, prefix: number): number {
  let length = 0;
  for (let i = 0; i < prefix; i++) length = length * 256 + (bytes[i] ?? 0);
  return length;
}

function lengthBytes(length: number, prefix: number): Uint8Array {
  if (length >= 256 ** prefix) throw new StringoutError('plan.impossible', 'a rewritten NAL no longer fits its length field; encode this clip');
  return Uint8Array.from({ length: prefix }, (_, i) => Math.floor(length / 256 ** (prefix - 1 - i)) & 255);
}
