/** The filters that make one picture fit another format: turned upright, scaled with letterbox, colour converted. Pure. */
import type { Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';

/** How a decoded frame looks: the source's format with what the frame itself tells. */
export type FrameLook = Pick<PictureFormat, 'codec' | 'width' | 'height' | 'sar' | 'range' | 'colour' | 'fieldOrder' | 'rotation' | 'pixelFormat'>;

/** H.273 numbers with every gap filled, and whether black is 0. */
export type FullColour = { readonly primaries: number; readonly transfer: number; readonly matrix: number; readonly isFullRange: boolean };

const unspecified = 2;
const linear = 8;
const pq = 16;
const hlg = 18;
/** Nits of reference white where SDR and HDR meet (ITU-R BT.2408). */
const referenceWhite = 203;
/** Curves that differ so little that converting would do more harm; among them sRGB, which editors show as it is. */
const ordinaryCurves = new Set([1, 4, 5, 6, 7, 13, 14, 15]);

/** Null: the frame fits as it is. */
export function conformFilters(from: FrameLook, to: PictureFormat): string | null {
  const source = sourceColour(from, to);
  const target = targetColour(to);
  const turn = (((from.rotation - to.rotation) % 360) + 360) % 360;
  const place = placement(from, turn, to);
  const isWhole = place.width === to.width && place.height === to.height;
  const isSameSize = turn === 0 && isWhole && from.width === to.width && from.height === to.height;
  const isSameColour = sameCurve(source, target) && source.primaries === target.primaries && source.matrix === target.matrix
    && source.isFullRange === target.isFullRange;
  const swapsFields = isInterlaced(from) && isInterlaced(to) && from.fieldOrder !== to.fieldOrder;
  if (isSameSize && isSameColour && from.pixelFormat === to.pixelFormat && !swapsFields) return null;
  const resized = sameCurve(source, target) && samePrimaries(source, target)
    ? [scale(place, source, target, isInterlaced(from) && isInterlaced(to))]
    : convertColour(place, source, target);
  return [
    ...turns(turn), ...resized, `format=${to.pixelFormat}`,
    ...(isWhole ? [] : [`pad=${to.width}:${to.height}:${place.x}:${place.y}:color=black`]),
    ...(swapsFields ? [`fieldorder=${to.fieldOrder}`] : []),
    `setsar=${to.sar.num}/${to.sar.den}`,
  ].join(',');
}

/** Matrix and range with which frames of this look enter the filters. */
export function sourceColour(from: FrameLook, to: PictureFormat): FullColour {
  const target = targetColour(to);
  const usual = isStandard(from) === isStandard(to) && !isRgb(from.pixelFormat) ? target : usualColour(from);
  const isLinear = from.codec === 'exr' && from.colour.transfer === unspecified;
  return {
    primaries: known(from.colour.primaries, usual.primaries),
    transfer: isLinear ? linear : known(from.colour.transfer, usual.transfer),
    matrix: isRgb(from.pixelFormat) ? 0 : from.colour.matrix === 0 ? usual.matrix : known(from.colour.matrix, usual.matrix),
    isFullRange: isRgb(from.pixelFormat) || from.range === 'full',
  };
}

function targetColour(to: PictureFormat): FullColour {
  const usual = usualColour(to);
  return {
    primaries: known(to.colour.primaries, usual.primaries),
    transfer: known(to.colour.transfer, usual.transfer),
    matrix: to.colour.matrix === 0 && !isRgb(to.pixelFormat) ? usual.matrix : known(to.colour.matrix, usual.matrix),
    isFullRange: to.range === 'full',
  };
}

/** What players take for pictures that do not say: BT.601 for standard definition, else BT.709. */
export function usualColour(format: { readonly height: number; readonly width: number }): Omit<FullColour, 'isFullRange'> {
  if (!isStandard(format)) return { primaries: 1, transfer: 1, matrix: 1 };
  return format.height === 576 || format.height === 288 ? { primaries: 5, transfer: 6, matrix: 5 } : { primaries: 6, transfer: 6, matrix: 6 };
}

function isStandard({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width <= 1024 && height <= 576;
}

function known(value: number, usual: number): number {
  return value === unspecified || value === 0 ? usual : value;
}

function sameCurve(a: FullColour, b: FullColour): boolean {
  return a.transfer === b.transfer || (ordinaryCurves.has(a.transfer) && ordinaryCurves.has(b.transfer));
}

/** The two sets of BT.601 primaries lie next to each other. */
function samePrimaries(a: FullColour, b: FullColour): boolean {
  const set = ({ primaries }: FullColour): number => (primaries === 7 || primaries === 5 ? 6 : primaries);
  return set(a) === set(b);
}

function isRgb(pixelFormat: string): boolean {
  return /^(?:x2|0|a)?(?:rgb|bgr)|^gbr|^pal8|^xyz/.test(pixelFormat);
}

function isInterlaced({ fieldOrder }: Pick<PictureFormat, 'fieldOrder'>): boolean {
  return fieldOrder === 'tff' || fieldOrder === 'bff';
}

type Placement = { readonly width: number; readonly height: number; readonly x: number; readonly y: number };

/** The largest picture of the source's display aspect inside the target's, centred, on even pixels. */
function placement(from: FrameLook, turn: number, to: PictureFormat): Placement {
  const isSideways = turn === 90 || turn === 270;
  const [width, height] = isSideways ? [from.height, from.width] : [from.width, from.height];
  const sar: Rational = isSideways ? { num: from.sar.den, den: from.sar.num } : from.sar;
  /** Width over height in the target's own pixels. */
  const aspect = ((width * sar.num) / (height * sar.den)) * (to.sar.den / to.sar.num);
  const fits = aspect >= to.width / to.height
    ? { width: to.width, height: even(to.width / aspect, to.height) }
    : { width: even(to.height * aspect, to.width), height: to.height };
  return { ...fits, x: 2 * Math.floor((to.width - fits.width) / 4), y: 2 * Math.floor((to.height - fits.height) / 4) };
}

/** Rounding may not leave a bar of one or two lines. */
function even(value: number, whole: number): number {
  return Math.abs(value - whole) < 2 ? whole : Math.max(2, 2 * Math.round(value / 2));
}

function turns(turn: number): string[] {
  switch (turn) {
    case 90: return ['transpose=clock'];
    case 180: return ['hflip', 'vflip'];
    case 270: return ['transpose=cclock'];
    default: return [];
  }
}

function scale(place: Placement, source: FullColour, target: FullColour, keepsFields: boolean): string {
  return [
    `scale=${place.width}:${place.height}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp:interl=${keepsFields ? 1 : 0}`,
    ...(source.matrix === 0 ? [] : [`in_color_matrix=${matrixName(source.matrix)}`]),
    `out_color_matrix=${matrixName(target.matrix)}`,
    `in_range=${source.isFullRange ? 'full' : 'limited'}:out_range=${target.isFullRange ? 'full' : 'limited'}`,
  ].join(':');
}

function matrixName(matrix: number): string {
  const names: Readonly<Record<number, string>> = { 1: 'bt709', 4: 'fcc', 5: 'bt470bg', 6: 'smpte170m', 7: 'smpte240m', 9: 'bt2020', 10: 'bt2020' };
  return names[matrix] ?? 'bt709';
}

/** By zimg, which knows primaries and curves. HDR is tone-mapped for an SDR target, never only retagged. */
function convertColour(place: Placement, source: FullColour, target: FullColour): string[] {
  const size = `w=${place.width}:h=${place.height}:filter=bicubic`;
  const input = `matrixin=${zimgMatrix(source.matrix)}:transferin=${source.transfer}:primariesin=${source.primaries}:rangein=${range(source)}`;
  const output = `matrix=${zimgMatrix(target.matrix)}:transfer=${target.transfer}:primaries=${target.primaries}:range=${range(target)}:dither=error_diffusion`;
  if (!isHdr(source) || isHdr(target)) return [`zscale=${size}:npl=${referenceWhite}:${input}:${output}`];
  return [
    `zscale=${input}:matrix=0:transfer=${linear}:primaries=${target.primaries}:range=full:npl=100`,
    'format=gbrpf32le',
    'tonemap=tonemap=hable:desat=0',
    `zscale=${size}:matrixin=0:transferin=${linear}:primariesin=${target.primaries}:rangein=full:npl=100:${output}`,
  ];
}

/** Matrix 2020 with constant luminance is taken for the common one. */
function zimgMatrix(matrix: number): number {
  return matrix === 10 ? 9 : matrix;
}

function isHdr({ transfer }: FullColour): boolean {
  return transfer === pq || transfer === hlg;
}

function range({ isFullRange }: FullColour): string {
  return isFullRange ? 'full' : 'limited';
}
