/** What a packet of a picture stream holds, whatever its codec. */
import type { Picture } from '../../../app/domain/source.ts';
import type { PictureOrder } from '../../bitstream/annexb/picture-order.ts';
import type { PacketView } from './demuxer.ts';

export type CodedSample = {
  /** To be stored instead of the packet; null: the packet as it is. */
  readonly bytes: Uint8Array | null;
  /** Bits of `sampleFlags`; `closed` may still be added where nothing shows before it. */
  readonly flags: number;
  /** H.264 and HEVC; null where unknown. */
  readonly order: PictureOrder | null;
  /** Shown as soon as it is decoded, where others wait; null where unknown. */
  readonly isBidirectional: boolean | null;
  /** It is decoded and shows nothing of its own. */
  readonly isHidden: boolean;
  /** HEVC: `disposable` holds only in the highest layer. */
  readonly temporalLayer: number;
};

export type PictureCoding = {
  /** Null: nothing of a picture is in it. Throws `input.damaged`. */
  read(packet: PacketView): CodedSample | null;
  finish(): Pick<Picture, 'config' | 'sets' | 'copyObstacle'>;
};
