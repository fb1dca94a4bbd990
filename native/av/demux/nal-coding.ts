/**
 * H.264 and HEVC packets: length-prefixed ones stay as they are, Annex B is converted. Parameter sets go to the configuration; where they
 * change in mid-stream they stay in the samples as well, so that it decodes at least.
 */
import { StringoutError } from '../../../app/base/errors.ts';
import { sampleFlags, type Picture } from '../../../app/domain/source.ts';
import { H264Pictures } from '../../bitstream/annexb/h264-pictures.ts';
import { HevcPictures } from '../../bitstream/annexb/hevc-pictures.ts';
import type { CodedPicture } from '../../bitstream/annexb/picture-order.ts';
import { splitUnits, withLengths } from '../../bitstream/annexb/split-units.ts';
import { parseAvcRecord, parseHevcRecord } from '../../bitstream/rewrite/configuration-records.ts';
import { NalSets } from '../../isobmff/read/nal-sets.ts';
import { recordOf } from './nal-record.ts';
import type { PacketView } from './demuxer.ts';
import type { CodedSample, PictureCoding } from './coded-sample.ts';

type Codec = 'h264' | 'hevc';

export class NalCoding implements PictureCoding {
  readonly #codec: Codec;
  readonly #pictures: { read(units: readonly Uint8Array[]): CodedPicture | null };
  readonly #isPrefixed: boolean;
  /** Sets that came while there were not enough for a configuration. */
  #early: Buffer[] = [];
  #sets: NalSets | null = null;

  /** `config`: avcC or hvcC payload, sets in Annex B, or nothing. */
  constructor(codec: Codec, config: Uint8Array) {
    this.#codec = codec;
    this.#pictures = codec === 'h264' ? new H264Pictures() : new HevcPictures();
    const bytes = Buffer.from(config);
    this.#isPrefixed = bytes.length > 6 && !(bytes[0] === 0 && bytes[1] === 0 && ((bytes[2] ?? 9) <= 1));
    if (this.#isPrefixed) {
      this.#sets = new NalSets(codec, config);
      this.#pictures.read(recordUnits(codec, config));
    } else {
      const units = splitUnits(bytes);
      this.#pictures.read(units);
      for (const unit of units) if (this.#isSet(unit)) this.#addSet(unit);
    }
  }

  read(packet: PacketView): CodedSample | null {
    const units = this.#isPrefixed ? this.#prefixedUnits(packet.bytes) : splitUnits(packet.bytes);
    const picture = this.#pictures.read(units);
    for (const unit of units) if (this.#isSet(unit)) this.#addSet(unit);
    if (!picture || !this.#sets) return null;
    return {
      bytes: this.#isPrefixed ? null : withLengths(units.filter((unit) => this.#isKept(unit))),
      flags: this.#flags(picture, packet.isKey),
      order: picture.order, isBidirectional: null, temporalLayer: picture.temporalLayer,
      isHidden: picture.isSecondField,
    };
  }

  finish(): Pick<Picture, 'config' | 'sets' | 'copyObstacle'> {
    const sets = this.#sets;
    if (!sets) throw new StringoutError('input.damaged', `its ${this.#codec === 'h264' ? 'H.264' : 'HEVC'} picture has no parameter sets: it cannot be decoded`);
    return { config: sets.config(), sets: sets.summary(), copyObstacle: sets.copyObstacle };
  }

  #flags(picture: CodedPicture, isKey: boolean): number {
    const start = picture.isClosed ? sampleFlags.sync | sampleFlags.closed
      : picture.isCra ? sampleFlags.sync | sampleFlags.cra
        : isKey && picture.isIntra ? sampleFlags.sync : 0;
    if (picture.isSecondField) return sampleFlags.secondField;
    return start | (picture.isUnreferenced ? sampleFlags.disposable : 0);
  }

  #type(unit: Uint8Array): number {
    return this.#codec === 'h264' ? (unit[0] ?? 0) & 31 : ((unit[0] ?? 0) >> 1) & 63;
  }

  #isSet(unit: Uint8Array): boolean {
    const type = this.#type(unit);
    return this.#codec === 'h264' ? type === 7 || type === 8 : type >= 32 && type <= 34;
  }

  /** Sets are in the configuration; delimiters and fillers are of use in streams only (ISO 14496-15, 5.3.2). */
  #isKept(unit: Uint8Array): boolean {
    const type = this.#type(unit);
    if (this.#isSet(unit)) return this.#sets?.hasConflict === true;
    return this.#codec === 'h264' ? type !== 9 && type !== 12 : type !== 35 && type !== 38;
  }

  #addSet(unit: Uint8Array): void {
    if (this.#sets) {
      this.#sets.add(unit);
      return;
    }
    this.#early = [...this.#early.slice(-mostEarly), Buffer.from(unit)];
    const record = recordOf(this.#codec, this.#early);
    if (!record) return;
    this.#sets = new NalSets(this.#codec, record);
    this.#early = [];
  }

  #prefixedUnits(bytes: Buffer): Buffer[] {
    const size = this.#sets?.lengthSize ?? 4;
    const units: Buffer[] = [];
    for (let at = 0; at + size < bytes.length;) {
      const start = at + size;
      const end = start + bytes.readUIntBE(at, size);
      if (end > bytes.length) break;
      if (end > start) units.push(bytes.subarray(start, end));
      at = end;
    }
    return units;
  }
}

const mostEarly = 64;

function recordUnits(codec: Codec, config: Uint8Array): readonly Uint8Array[] {
  if (codec === 'hevc') return parseHevcRecord(config).nals.map(({ nal }) => nal);
  const { sps, pps } = parseAvcRecord(config);
  return [...sps, ...pps];
}
