/** What the samples of a picture track are: codec, configuration, parameters, and the flags of each. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Picture } from '../../../app/domain/source.ts';
import { findAv1Sequence } from '../../bitstream/parse/av1-sequence.ts';
import type { PictureParameters } from '../../bitstream/parse/picture-parameters.ts';
import { payload, printable, type Box } from './box-list.ts';
import { damaged } from './cursor.ts';
import { checkDataReference, usedDescriptions } from './descriptions.ts';
import { readDescriptor } from './descriptor.ts';
import { headLength, readHeaderPicture } from './header-picture.ts';
import type { MediaFile } from './media-file.ts';
import { readNalPicture } from './nal-picture.ts';
import { pictureCodec, pictureRefusal, type PictureCodec } from './picture-codecs.ts';
import { readPictureEntry, type PictureEntry } from './picture-entry.ts';
import type { SampleTable } from './sample-table.ts';
import { syncFlags } from './sync-flags.ts';
import type { Track } from './track.ts';

export type CodedPicture = {
  readonly codec: string;
  readonly entry: PictureEntry;
  readonly config: Uint8Array;
  readonly parameters: PictureParameters;
  readonly sets: Picture['sets'];
  readonly copyObstacle: string | null;
  readonly flags: Uint8Array;
};

type Description = PictureCodec & { readonly entry: PictureEntry; readonly config: Uint8Array };

/** Throws `input.damaged`, `input.unsupported`. */
export function readCodedPicture(track: Track, table: SampleTable, rank: Uint32Array, file: MediaFile): CodedPicture {
  const descriptions = usedDescriptions(track, table.entry).map((box) => describe(track, box));
  const [first] = descriptions;
  if (!first) throw damaged('its picture track has no sample description');
  const { codec, entry, isIntra } = first;
  const other = descriptions.find((description) => description.codec !== codec);
  if (other) throw new StringoutError('input.unsupported', `its picture changes from ${codec} to ${other.codec} in mid-stream; split it there first`);
  const head = (sample: number, length: number): Buffer => file.peek(table.offset[sample] ?? 0, Math.min(length, table.size[sample] ?? 0));
  const obstacle = descriptions.some((description) => isOtherFormat(description.entry, entry)) ? 'it changes format in mid-stream' : null;
  if (codec === 'h264' || codec === 'hevc') {
    const read = readNalPicture(codec, descriptions.map(({ config }) => config), entry, table, file);
    return { codec, entry, ...read, copyObstacle: obstacle ?? read.copyObstacle };
  }
  if (descriptions.some(({ config }) => Buffer.compare(config, first.config) !== 0)) {
    throw new StringoutError('input.unsupported', `its ${codec} picture changes its decoder configuration in mid-stream; split it there first`);
  }
  const { config, parameters } = readHeaderPicture(codec, entry, first.config, head(0, headLength));
  return { codec, entry, config, parameters, sets: null, copyObstacle: obstacle ?? missingSequence(codec, head(0, headLength)), flags: syncFlags(codec, isIntra, table, rank, head) };
}

/** Beside other AV1 a key frame needs its own sequence header. `head`: the beginning of the first sample. */
function missingSequence(codec: string, head: Uint8Array): string | null {
  return codec === 'av1' && findAv1Sequence(head) === null ? 'its key frames come without their sequence header' : null;
}

function describe(track: Track, box: Box): Description {
  const refusal = pictureRefusal(box.type);
  if (refusal) throw new StringoutError('input.unsupported', refusal);
  checkDataReference(track, box);
  const entry = readPictureEntry(box);
  const esds = entry.boxes.get('esds');
  const descriptor = esds ? readDescriptor(esds) : null;
  const kind = pictureCodec(box.type, descriptor?.objectType ?? null, entry.boxes.has('hvcC'));
  if (!kind) throw new StringoutError('input.unsupported', `its picture is of a kind that is not known: "${printable(box.type)}"`);
  return { ...kind, entry, config: nalConfig(kind.codec, entry) ?? descriptor?.specific ?? new Uint8Array(0) };
}

function nalConfig(codec: string, entry: PictureEntry): Uint8Array | null {
  if (codec !== 'h264' && codec !== 'hevc') return null;
  const type = codec === 'h264' ? 'avcC' : 'hvcC';
  const box = entry.boxes.get(type);
  if (box && box.end - box.start >= 7) return payload(box);
  const isAvcIntra = /^(?:ai|AVin)/.test(entry.tag);
  throw isAvcIntra
    ? new StringoutError('input.unsupported', `its AVC-Intra picture ("${entry.tag}") comes without its parameter sets; wrap it again with them first`)
    : damaged(`its ${entry.tag} picture has no decoder configuration (${type})`);
}

function isOtherFormat(a: PictureEntry, b: PictureEntry): boolean {
  return a.tag !== b.tag || a.width !== b.width || a.height !== b.height || a.depth !== b.depth || JSON.stringify([a.sar, a.colour, a.range, a.fieldOrder])
    !== JSON.stringify([b.sar, b.colour, b.range, b.fieldOrder]);
}
