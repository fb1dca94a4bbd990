/** Which names in a folder are media. Only for walking folders: a file that a list names is judged by its content. */

const pictureExtensions = new Set((
  'mp4 m4v mov qt mkv webm ts m2ts mts m2t mxf avi mpg mpeg m2v vob 3gp 3g2 dv wmv asf flv ogv f4v y4m h264 264 avc h265 265 hevc ivf gxf '
  + 'r3d ari arx braw crm x-ocn'
).split(' '));
const stillExtensions = new Set('png jpg jpeg tif tiff dpx exr bmp webp tga jp2 psd dng'.split(' '));
const soundExtensions = new Set('wav bwf aif aiff aifc w64 rf64 flac mp3 m4a aac ac3 ec3 eac3 ogg opus caf wma'.split(' '));

export type MediaKind = 'picture' | 'still' | 'sound' | 'other';

export function mediaKind(name: string): MediaKind {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (pictureExtensions.has(extension)) return 'picture';
  if (stillExtensions.has(extension)) return 'still';
  return soundExtensions.has(extension) ? 'sound' : 'other';
}
