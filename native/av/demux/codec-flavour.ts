/** Tag and profile of codecs whose flavours differ in what a movie must say of them, however their own container names them. */
import { parseHevcSps } from '../../bitstream/parse/hevc-sps.ts';
import { parseHevcRecord } from '../../bitstream/rewrite/configuration-records.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';

const proresTags: Readonly<Record<string, string>> = { Proxy: 'apco', LT: 'apcs', Standard: 'apcn', HQ: 'apch', '4444': 'ap4h', XQ: 'ap4x' };

const av1Profiles = ['Main', 'High', 'Professional'];

/** `config`: FFmpeg's extradata; `head`: the first 64 bytes of a sample. */
export function codecFlavour(format: PictureFormat, config: Uint8Array, head: () => Uint8Array): Pick<PictureFormat, 'tag' | 'profile'> {
  const { codec, tag, profile } = format;
  switch (codec) {
    case 'prores': return { tag: /^ap/.test(tag) ? tag : proresTags[profile] ?? 'apcn', profile };
    case 'dnxhd': return dnxFlavour(head(), profile);
    case 'hevc': return { tag: '', profile: hevcProfile(config) || profile };
    case 'h264': return { tag: '', profile };
    // seq_profile of av1C (AV1 in ISO-BMFF, 2.3.3)
    case 'av1': return { tag, profile: av1Profiles[(config[1] ?? 0) >> 5] ?? profile };
    default: return { tag, profile };
  }
}

function hevcProfile(config: Uint8Array): string {
  const sps = parseHevcRecord(config).nals.find(({ type }) => type === 33);
  return sps ? parseHevcSps(sps.nal).profile : '';
}

/** The compression id stands 40 bytes into a frame (SMPTE ST 2019-1); DNxHR's have names. */
function dnxFlavour(head: Uint8Array, profile: string): Pick<PictureFormat, 'tag' | 'profile'> {
  if (head.length < 44) return { tag: 'AVdn', profile };
  const id = new DataView(head.buffer, head.byteOffset).getUint32(40);
  return id >= 1270 ? { tag: 'AVdh', profile } : { tag: 'AVdn', profile: String(id) };
}
