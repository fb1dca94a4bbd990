/** Sample entries of pictures by FFmpeg's codec names. */
export type PictureCodec = {
  readonly codec: string;
  /** Every sample stands alone, whatever the table of sync samples says. */
  readonly isIntra: boolean;
};

const tags: Readonly<Record<string, string>> = {
  h264: 'avc1 avc2 avc3 avc4 aivx ai5p ai5q ai52 ai53 ai55 ai56 ai1p ai1q ai12 ai13 ai15 ai16 AVin xalg avlg rv64 dva1 dvav h264 H264',
  hevc: 'hvc1 hev1 dvhe',
  av1: 'av01',
  vp9: 'vp09',
  vp8: 'vp08',
  mpeg4: 'mp4v DIVX XVID 3IV2',
  mpeg2video: 'm2v1 hdv1 hdv2 hdv3 hdv4 hdv5 hdv6 hdv7 hdv8 hdv9 hdva mx5n mx5p mx4n mx4p mx3n mx3p xd51 xd54 xd55 xd59 xd5a xd5b xd5c xd5d xd5e xd5f '
    + 'xdv1 xdv2 xdv3 xdv4 xdv5 xdv6 xdv7 xdv8 xdv9 xdva xdvb xdvc xdvd xdve xdvf xdhd xdh2 AVmp mp2v',
  mpeg1video: 'm1v  m1v1 mpeg mp1v',
  h263: 'h263 s263 H263',
  svq1: 'SVQ1 svq1 svqi',
  svq3: 'SVQ3',
  cinepak: 'cvid',
  vc1: 'vc-1',
  rpza: 'rpza',
  qtrle: 'rle ',
  smc: 'smc ',
};

const intraTags: Readonly<Record<string, string>> = {
  prores: 'apch apcn apcs apco ap4h ap4x',
  dnxhd: 'AVdn AVdh',
  mjpeg: 'jpeg mjpa dmb1 AVDJ AVRn',
  mjpegb: 'mjpb',
  dvvideo: 'dvc  dvcp dvl  dvlp dvpp dv5p dv5n dvh1 dvh2 dvh3 dvh4 dvh5 dvh6 dvhp dvhq AVdv AVd1',
  cfhd: 'CFHD',
  png: 'png  MNG ',
  jpeg2000: 'mjp2 AVj2',
  aic: 'icod',
  hap: 'Hap1 Hap5 HapY HapA HapM',
  dxv: 'DXD3 DXDI',
  rawvideo: '2vuy yuvs yuv2 raw  v308 v408 v410 BGRA RGBA ABGR b16g b48r b64a DVOO L555 L565 B565 24BG',
  v210: 'v210 bxy2',
  r210: 'r210',
  r10k: 'R10k R10g',
  avui: 'AVUI',
  tiff: 'tiff',
  dpx: 'dpx ',
  exr: 'exr ',
  targa: 'tga ',
  pixlet: 'pxlt',
  notchlc: 'nclc',
  magicyuv: 'M8RG M8RA M8G0 M8Y0 M8Y2 M8Y4 M8YA M0R0 M0RA M0RG M0Y0 M0Y2 M0Y4 M2RA M2RG M4RA M4RG',
  sheervideo: 'Shr0 Shr1 Shr2 Shr3 Shr4 Shr5 Shr6 Shr7',
};

/** Recognised, and refused with advice. */
const refusals: Readonly<Record<string, string>> = {
  encv: 'its picture is encrypted',
  drmi: 'its picture is encrypted (FairPlay)',
  aprn: 'ProRes RAW is camera raw: convert it to ProRes first',
  aprh: 'ProRes RAW HQ is camera raw: convert it to ProRes first',
  BRAW: 'Blackmagic RAW is camera raw: convert it first',
  brhq: 'Blackmagic RAW is camera raw: convert it first',
  CCDA: 'this is camera raw: convert it first',
  CRAW: 'Canon RAW is camera raw: convert it first',
};

const byTag = new Map<string, PictureCodec>();
for (const [table, isIntra] of [[tags, false], [intraTags, true]] as const) {
  for (const [codec, list] of Object.entries(table)) {
    for (let at = 0; at + 4 <= list.length; at += 5) byTag.set(list.slice(at, at + 4), { codec, isIntra });
  }
}

/** objectTypeIndication of 'mp4v' (mp4ra.org). */
const byObjectType: Readonly<Record<number, string>> = {
  0x20: 'mpeg4', 0x21: 'h264', 0x23: 'hevc', 0x60: 'mpeg2video', 0x61: 'mpeg2video', 0x62: 'mpeg2video', 0x63: 'mpeg2video', 0x64: 'mpeg2video', 0x65: 'mpeg2video',
  0x6a: 'mpeg1video', 0x6c: 'mjpeg', 0x6d: 'png', 0x6e: 'jpeg2000', 0xa3: 'vc1', 0xb1: 'vp9',
};
const intraCodecs: ReadonlySet<string> = new Set(Object.keys(intraTags));

/** Null for a kind that is not known. `objectType`: of the descriptor in the entry; `hasHvcC` tells Dolby Vision's 'dvh1' from DV's. */
export function pictureCodec(tag: string, objectType: number | null = null, hasHvcC = false): PictureCodec | null {
  if (tag === 'dvh1' && hasHvcC) return { codec: 'hevc', isIntra: false };
  const named = tag === 'mp4v' && objectType !== null ? byObjectType[objectType] : undefined;
  return named === undefined ? (byTag.get(tag) ?? null) : { codec: named, isIntra: intraCodecs.has(named) };
}

/** Why a sample entry of that type is not taken, or null. */
export function pictureRefusal(tag: string): string | null {
  return refusals[tag] ?? null;
}
