/** What a file is, by its content alone: who reads it, or why nobody does. The extension is never asked. */
import { looksLikeIsobmff, refuseBrand } from './isobmff-kinds.ts';
import { cameraRaw, noMedia } from './refusals.ts';
import { stillCodec } from './still-kinds.ts';
import { refuseText } from './text-kinds.ts';

export type Recognised =
  | { readonly kind: 'isobmff' }
  /** One picture; `codec` is the decoder that takes the whole file. */
  | { readonly kind: 'still'; readonly codec: string }
  /**
   * `formats`: FFmpeg's demuxers that may try, separated by commas. `isSure`: its signature was seen. `isPlain`: its content may be nothing
   * but zeros (silence, black), which are no empty tail.
   */
  | { readonly kind: 'media'; readonly formats: string; readonly isSure: boolean; readonly isPlain: boolean }
  /** A sentence that goes on after the file's name. */
  | { readonly kind: 'refused'; readonly why: string };

type Signature = { readonly at: number; readonly bytes: Uint8Array };

/** `head`: the first 64 KB, or the whole file; at least one byte. */
export function recognise(head: Uint8Array): Recognised {
  const has = (signature: Signature): boolean => matches(head, signature);
  const raw = cameraRaws.find(([signature]) => has(signature));
  if (raw) return { kind: 'refused', why: cameraRaw(raw[1]) };
  const still = stillCodec(head);
  if (still) return still.why === null ? { kind: 'still', codec: still.codec } : { kind: 'refused', why: still.why };
  if (looksLikeIsobmff(head)) {
    const why = refuseBrand(head);
    return why === null ? { kind: 'isobmff' } : { kind: 'refused', why };
  }
  const container = containers.find(([signatures]) => signatures.every(has));
  if (container) return { kind: 'media', formats: container[1], isSure: true, isPlain: plain.has(container[1]) };
  const other = others.find(([signature]) => has(signature));
  const why = other ? noMedia(other[1]) : refuseText(head);
  if (why !== null) return { kind: 'refused', why };
  return { kind: 'media', formats: searched, isSure: false, isPlain: false };
}

function text(value: string, at = 0): Signature {
  return { at, bytes: Buffer.from(value, 'latin1') };
}

function hex(value: string, at = 0): Signature {
  return { at, bytes: Buffer.from(value, 'hex') };
}

function matches(head: Uint8Array, { at, bytes }: Signature): boolean {
  return bytes.every((byte, i) => head[at + i] === byte);
}

const cameraRaws: readonly (readonly [Signature, string])[] = [
  [text('RED1', 4), 'R3D'], [text('RED2', 4), 'R3D'], [text('ARRI'), 'ARRIRAW'],
  [text('FUJIFILMCCD-RAW'), 'Fujifilm RAF'], [text('FOVb'), 'Sigma X3F'], [hex('49495500'), 'Panasonic RW2'], [text('IIRO'), 'Olympus ORF'],
];

/** By signature, the likeliest first. Demuxers that follow names to other files, or read anything, are in none of these lists. */
const containers: readonly (readonly [readonly Signature[], string])[] = [
  [[hex('1a45dfa3')], 'matroska,webm'],
  [[hex('060e2b3402050101')], 'mxf'],
  [[text('RIFF'), text('AVI ', 8)], 'avi'],
  [[text('RIFF'), text('WAVE', 8)], 'wav'],
  [[text('RF64'), text('WAVE', 8)], 'wav'],
  [[text('BW64'), text('WAVE', 8)], 'wav'],
  [[text('RIFX'), text('WAVE', 8)], 'wav'],
  [[text('riff'), hex('2e91cf11a5d628db04c10000', 4)], 'w64'],
  [[text('FORM'), text('AIFF', 8)], 'aiff'],
  [[text('FORM'), text('AIFC', 8)], 'aiff'],
  [[text('caff')], 'caf'],
  [[text('.snd')], 'au'],
  [[text('OggS')], 'ogg'],
  [[text('fLaC')], 'flac'],
  [[text('FLV')], 'flv,live_flv'],
  [[hex('000001ba')], 'mpeg'],
  [[hex('000001b3')], 'mpegvideo,mpeg'],
  [[hex('3026b2758e66cf11a6d900aa0062ce6c')], 'asf'],
  [[text('DKIF')], 'ivf'],
  [[text('YUV4MPEG2')], 'yuv4mpegpipe'],
  [[text('GIF87a')], 'gif'],
  [[text('GIF89a')], 'gif'],
  [[hex('89504e470d0a1a0a')], 'apng'],
  [[text('.RMF')], 'rm'],
  [[text('nut/multimedia container\0')], 'nut'],
  [[hex('0000000100'), hex('bc', 4)], 'gxf'],
  [[text('wvpk')], 'wv'],
  [[text('MAC ')], 'ape'],
  [[hex('47', 0), hex('47', 188), hex('47', 376)], 'mpegts'],
  [[hex('47', 4), hex('47', 196), hex('47', 388)], 'mpegts'],
];

const plain = new Set(['wav', 'w64', 'aiff', 'caf', 'au', 'yuv4mpegpipe']);

const others: readonly (readonly [Signature, string])[] = [
  [text('%PDF'), 'a PDF document'], [hex('d0cf11e0a1b11ae1'), 'an AAF or another compound document'],
  [text('PK\x03\x04'), 'a ZIP archive or an office document'], [text('Rar!'), 'a RAR archive'], [hex('377abcaf271c'), 'a 7-Zip archive'],
  [hex('1f8b'), 'a gzip archive'], [text('BZh'), 'a bzip2 archive'], [hex('fd377a585a00'), 'an xz archive'], [hex('28b52ffd'), 'a zstd archive'],
  [text('ustar', 257), 'a tar archive'], [hex('7f454c46'), 'a program'], [text('MZ'), 'a program'], [hex('cffaedfe'), 'a program'], [hex('cafebabe'), 'a program'],
  [text('SQLite format 3\0'), 'a database'], [hex('00000100'), 'an icon'], [text('MThd'), 'a MIDI file'], [text('ID3\0'), 'a broken MP3'],
  [text('wOFF'), 'a font'], [text('wOF2'), 'a font'], [text('OTTO'), 'a font'], [hex('0001000000'), 'a font'],
];

/** For files whose signature is weak or lies further in: streams without a container, broken beginnings. */
const searched = [
  'mpegts', 'mpeg', 'mpegvideo', 'm4v', 'h264', 'hevc', 'vvc', 'av1', 'obu', 'vc1', 'cavsvideo', 'dirac', 'dnxhd', 'mjpeg', 'dv', 'h261', 'h263',
  'mp3', 'aac', 'loas', 'ac3', 'eac3', 'dts', 'dtshd', 'truehd', 'mlp', 'amr', 'tak', 'tta', 'mpc', 'mpc8', 'voc', 'dsf', 'shn', 'spdif', 'xwma', 'oma',
  'matroska', 'webm', 'mxf', 'avi', 'asf', 'flv', 'ogg', 'flac', 'wav', 'aiff', 'gxf', 'lxf', 'nut', 'nsv', 'pva', 'roq', 'smk', 'wtv', 'cine', 'flic', 'bink', 'ea',
].join(',');
