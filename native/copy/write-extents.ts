/** Extents into the movie, in order: straight into the output's blocks, or rewritten on the way. */
import type { Layout } from '../isobmff/write/layout.ts';
import type { Transform } from '../isobmff/write/picture-samples.ts';
import { leastKernelCopied, type KernelCopy } from './kernel-copy.ts';
import type { OutputFile } from './output-file.ts';
import { leastShared, shareBlock, type ShareRange } from './reflink.ts';
import { SampleBytes } from './sample-bytes.ts';
import type { SourceFiles } from './source-files.ts';

export type CopyHooks = {
  /** Bytes of the movie so far. */
  progress(bytes: number): void;
  checkpoint(): Promise<void>;
};

/** Ways round reading and writing; null where the platform or the file systems have none. */
export type Shortcuts = { readonly share: ShareRange | null; readonly kernelCopy: KernelCopy | null };

const reportEvery = 4 * 1024 * 1024;

/** Returns the bytes that moved. */
export async function writeExtents(
  layout: Layout, transforms: readonly Transform[], files: SourceFiles, output: OutputFile, { share, kernelCopy }: Shortcuts, hooks: CopyHooks,
): Promise<number> {
  const { extents, at } = layout;
  let reported = output.length;
  let shared = 0;
  const report = async (): Promise<void> => {
    reported = output.length;
    hooks.progress(reported);
    await hooks.checkpoint();
  };
  const samples = new SampleBytes(transforms, files);
  // In pieces between which messages come in, however long the extent is.
  const copy = async (file: number, offset: number, length: number): Promise<void> => {
    for (let done = 0; done < length;) {
      const from = offset + done;
      const piece = Math.min(reportEvery, length - done);
      let copied = 0;
      if (kernelCopy && piece >= leastKernelCopied) {
        output.flush();
        copied = kernelCopy(files.fd(file), from, piece, output.descriptor(), output.length);
        output.skip(copied);
      }
      if (copied === 0) {
        output.fill(piece, (target, to, part, filled) => files.read(file, target, to, part, from + filled));
        copied = piece;
      }
      done += copied;
      if (output.length - reported >= reportEvery) await report();
    }
  };
  for (let i = 0; i < extents.count; i++) {
    output.zeros((at[i] ?? 0) - output.length);
    const file = extents.file[i] ?? 0;
    const offset = extents.offset[i] ?? 0;
    const length = extents.length[i] ?? 0;
    const transform = extents.transform[i] ?? -1;
    if (transform >= 0) {
      output.write(samples.read(transform, file, offset, length, extents.written[i] ?? 0));
    } else if (share && length >= leastShared && (output.length - offset) % shareBlock === 0) {
      const head = (shareBlock - (offset % shareBlock)) % shareBlock;
      const middle = Math.floor((length - head) / shareBlock) * shareBlock;
      await copy(file, offset, head);
      output.flush();
      const isShared = share(files.fd(file), offset + head, middle, output.descriptor(), output.length);
      if (isShared) {
        output.skip(middle);
        shared += middle;
      }
      const done = isShared ? head + middle : head;
      await copy(file, offset + done, length - done);
    } else {
      await copy(file, offset, length);
    }
    if (output.length - reported >= reportEvery) await report();
  }
  return output.length - shared;
}
