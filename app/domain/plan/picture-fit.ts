/** Whether a source's coded pictures can stand in the movie as they are, and if not, why, in words for people. */
import { sameRational, formatRational } from '../rational.ts';
import type { Picture, PictureFormat } from '../source.ts';
import type { Profile } from '../profile.ts';
import { isReordered } from './mxf-limits.ts';

/** Null: its samples can be copied. Otherwise the reason why it must be encoded. */
export function whyNotCopied(picture: Picture, profile: Profile): string | null {
  const { format } = picture;
  const target = profile.picture;
  if (format.codec !== target.codec) return `codec ${format.codec} is not the profile's ${target.codec}`;
  if (picture.copyObstacle) return picture.copyObstacle;
  if (profile.container === 'mxf' && format.codec === 'h264' && isReordered(picture)) return 'its pictures are stored out of order, which .mxf cannot tell';
  if (format.width !== target.width || format.height !== target.height) {
    return `resolution ${format.width}x${format.height} is not the profile's ${target.width}x${target.height}`;
  }
  if (!sameRational(format.sar, target.sar)) return `pixel aspect ${formatRational(format.sar)} is not the profile's ${formatRational(target.sar)}`;
  if (format.rotation !== target.rotation) return `rotation ${format.rotation}° is not the profile's ${target.rotation}°`;
  if (format.pixelFormat !== target.pixelFormat) return `pixel format ${format.pixelFormat || 'unknown'} is not the profile's ${target.pixelFormat}`;
  if (flavour(format) !== flavour(target)) return `flavour ${describeFlavour(format)} is not the profile's ${describeFlavour(target)}`;
  if (knownRange(format) !== knownRange(target)) return `${knownRange(format)} range is not the profile's ${knownRange(target)}`;
  if (!fieldsFit(format, target)) return `field order ${format.fieldOrder} is not the profile's ${target.fieldOrder}`;
  return whyColourDiffers(format, target);
}

/** What must be equal for one source to be joined to another by copying; for counting the majority. */
export function joinKey(picture: Picture): string {
  const f = picture.format;
  return [
    f.codec, flavour(f), f.width, f.height, formatRational(f.sar), f.rotation, f.pixelFormat, knownRange(f),
    f.fieldOrder === 'unknown' ? 'progressive' : f.fieldOrder, formatRational(picture.rate),
    f.colour.primaries, f.colour.transfer, f.colour.matrix,
  ].join(' ');
}

/** Codecs whose flavours need different sample entries; long-GOP codecs take any profile beside any other. */
function flavour(format: PictureFormat): string {
  switch (format.codec) {
    case 'prores': return format.tag;
    case 'dnxhd': return format.profile;
    case 'vp9': case 'av1': return format.profile;
    default: return '';
  }
}

function describeFlavour(format: PictureFormat): string {
  return format.profile || format.tag;
}

function knownRange(format: PictureFormat): 'limited' | 'full' {
  return format.range === 'full' ? 'full' : 'limited';
}

function fieldsFit(format: PictureFormat, target: PictureFormat): boolean {
  const order = (f: PictureFormat): string => (f.fieldOrder === 'unknown' ? 'progressive' : f.fieldOrder);
  return order(format) === order(target);
}

/**
 * Unspecified colour joins a specified one only where the header can carry the tags for it: H.264 and HEVC get them written into
 * their parameter sets; elsewhere a player would show the neighbour's colour (docs: a silent VUI takes over what came before).
 */
function whyColourDiffers(format: PictureFormat, target: PictureFormat): string | null {
  const names = ['primaries', 'transfer', 'matrix'] as const;
  const differing = names.filter((name) => format.colour[name] !== target.colour[name]);
  if (differing.length === 0) return null;
  const isSilent = names.every((name) => format.colour[name] === unspecified);
  if (isSilent && format.codec === 'h264') return null;
  const targetIsSilent = names.every((name) => target.colour[name] === unspecified);
  if (isSilent) return 'it carries no colour tags and the profile does';
  if (targetIsSilent) return 'it carries colour tags and the profile has none';
  const name = differing[0] ?? 'matrix';
  return `colour ${name} ${format.colour[name]} is not the profile's ${target.colour[name]}`;
}

const unspecified = 2;
