/** Flags of samples whose codec has no units to look at. */
import { sampleFlags } from '../../../app/domain/source.ts';
import { findAv1Sequence } from '../../bitstream/parse/av1-sequence.ts';
import { isClosedGop, isMpeg2Intra } from '../../bitstream/parse/mpeg2-headers.ts';
import { isMpeg4Intra } from '../../bitstream/parse/mpeg4-headers.ts';
import { parseVp9Header } from '../../bitstream/parse/vp9-header.ts';
import type { SampleTable } from './sample-table.ts';

/** Sequence, GOP and picture headers with both matrices. */
const headLength = 512;
/** AV1 and VP9 mark as sync only what starts afresh. */
const alwaysClosed: ReadonlySet<string> = new Set(['av1', 'vp9', 'vp8']);
/** Without a table of sync samples every one claims to be one; the pictures themselves know better. */
const isKey: Readonly<Record<string, (head: Uint8Array) => boolean>> = {
  mpeg2video: isMpeg2Intra, mpeg1video: isMpeg2Intra, mpeg4: isMpeg4Intra,
  vp9: (head) => parseVp9Header(head) !== null,
  av1: (head) => findAv1Sequence(head) !== null,
};

/**
 * A key picture with leading ones, decoded after it and shown before, needs what came before it, unless it says otherwise.
 * `head` gives the beginning of a sample.
 */
export function syncFlags(codec: string, isIntra: boolean, table: SampleTable, rank: Uint32Array, head: (sample: number, length: number) => Uint8Array): Uint8Array {
  const flags = new Uint8Array(table.count);
  const { sync, closed } = sampleFlags;
  for (let i = 0; i < table.count; i++) {
    if (!isIntra && !isSync(codec, table, i, head)) continue;
    const isOpen = !isIntra && i > 0 && !alwaysClosed.has(codec) && hasLeading(rank, i);
    flags[i] = isOpen && !(codec === 'mpeg2video' && isClosedGop(head(i, headLength))) ? sync : sync | closed;
  }
  return flags;
}

function isSync(codec: string, table: SampleTable, sample: number, head: (sample: number, length: number) => Uint8Array): boolean {
  if (table.isSync) return table.isSync[sample] === 1;
  return isKey[codec]?.(head(sample, headLength)) ?? true;
}

function hasLeading(rank: Uint32Array, key: number): boolean {
  return key + 1 < rank.length && (rank[key + 1] ?? 0) < (rank[key] ?? 0);
}
