/** Picture streams that no decoder takes, by what is known of them. */
import { cameraRaw } from '../../index/refusals.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import type { StreamInfo } from './stream-info.ts';

/** Names that the makers' headers carry. */
const makers: readonly (readonly [RegExp, string])[] = [
  [/X-OCN|XOCN/, 'X-OCN'], [/ARRI/, 'ARRIRAW'], [/Sony/, 'X-OCN or another raw of Sony'], [/Canon/, 'Canon RAW'],
];
const headerBytes = 256 * 1024;

/** Why the source is refused. */
export function cameraEssence(info: StreamInfo, file: MediaFile): string {
  if (info.codec !== '') return `its picture is ${info.codec}, for which there is no decoder: convert it first`;
  // Text in MXF has two bytes a character.
  const header = file.read(0, headerBytes).toString('latin1').replaceAll('\0', '');
  const maker = makers.find(([pattern]) => pattern.test(header));
  if (maker) return cameraRaw(maker[1]);
  const kind = info.tag === '' ? '' : ` ("${info.tag}")`;
  return `its picture is of a kind${kind} that FFmpeg does not know; if it is camera raw, export ProRes or DNxHR from the camera maker's tool or DaVinci Resolve`;
}
