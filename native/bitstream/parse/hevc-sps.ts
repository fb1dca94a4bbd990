/** A sequence parameter set of HEVC (H.265 7.3.2.2 and annex E) read for what its pictures look like. */
import { BitReader } from '../rewrite/bits.ts';
import { unescape } from '../rewrite/emulation.ts';
import { damagedStream } from './damaged-stream.ts';
import { extendedSar, planarFormat, sarFrom, sarFromIndex, type PictureParameters } from './picture-parameters.ts';

const profiles: Readonly<Record<number, string>> = { 1: 'Main', 2: 'Main 10', 3: 'Main Still Picture', 4: 'Rext', 6: 'Multiview Main', 9: 'Scc' };

/** Throws `input.damaged`. */
export function parseHevcSps(nal: Uint8Array): PictureParameters {
  const bits = new BitReader(unescape(nal));
  bits.at = 16;
  bits.u(4);
  const subLayers = bits.u(3);
  bits.u(1);
  const general = readProfile(bits, subLayers);
  bits.ue();
  const chroma = bits.ue();
  if (chroma === 3) bits.u(1);
  const codedWidth = bits.ue();
  const codedHeight = bits.ue();
  const [left = 0, right = 0, top = 0, bottom = 0] = bits.u(1) ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [];
  const depth = bits.ue() + 8;
  bits.ue();
  const vui = readToVui(bits, subLayers);
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = chroma === 1 ? 2 : 1;
  return {
    profile: general.profile,
    width: codedWidth - unitX * (left + right),
    height: codedHeight - unitY * (top + bottom),
    pixelFormat: planarFormat(chroma, depth, vui?.colour?.matrix ?? 2),
    sar: vui?.sar ?? null,
    range: vui?.range ?? 'limited',
    colour: vui?.colour ?? null,
    // Fields are separate pictures in HEVC; only the top one of a pair would tell, which no camera's file does.
    fieldOrder: general.isProgressive && !vui?.isFields ? 'progressive' : 'unknown',
  };
}

function readProfile(bits: BitReader, subLayers: number): { profile: string; isProgressive: boolean } {
  bits.u(3);
  let profile = bits.u(5);
  const compatible = bits.u(32);
  // Some encoders tell the profile by its compatibility flags alone.
  for (let i = 1; profile === 0 && i < 32; i++) if ((compatible >>> (31 - i)) & 1) profile = i;
  const isProgressive = bits.u(1) === 1;
  const isInterlaced = bits.u(1) === 1;
  bits.at += 46 + 8;
  const present = Array.from({ length: subLayers }, () => ({ profile: bits.u(1), level: bits.u(1) }));
  if (subLayers > 0) bits.at += 2 * (8 - subLayers);
  for (const layer of present) bits.at += layer.profile * 88 + layer.level * 8;
  return { profile: profiles[profile] ?? '', isProgressive: isProgressive && !isInterlaced };
}

type Vui = Pick<PictureParameters, 'sar' | 'range' | 'colour'> & { readonly isFields: boolean };

function readToVui(bits: BitReader, subLayers: number): Vui | null {
  const orderBits = bits.ue() + 4;
  for (let i = bits.u(1) ? 0 : subLayers; i <= subLayers; i++) {
    bits.ue();
    bits.ue();
    bits.ue();
  }
  for (let i = 0; i < 6; i++) bits.ue();
  if (bits.u(1) && bits.u(1)) skipScalingData(bits);
  bits.u(2);
  if (bits.u(1)) {
    bits.u(8);
    bits.ue();
    bits.ue();
    bits.u(1);
  }
  skipReferenceSets(bits);
  if (bits.u(1)) {
    const count = bits.ue();
    if (count > 32) throw damagedStream('HEVC');
    bits.at += count * (orderBits + 1);
  }
  bits.u(2);
  return bits.u(1) ? readVui(bits) : null;
}

function readVui(bits: BitReader): Vui {
  let sar: Vui['sar'] = null;
  let range: Vui['range'] = null;
  let colour: Vui['colour'] = null;
  if (bits.u(1)) {
    const index = bits.u(8);
    sar = index === extendedSar ? sarFrom(bits.u(16), bits.u(16)) : sarFromIndex(index);
  }
  if (bits.u(1)) bits.u(1);
  if (bits.u(1)) {
    bits.u(3);
    range = bits.u(1) ? 'full' : 'limited';
    if (bits.u(1)) colour = { primaries: bits.u(8), transfer: bits.u(8), matrix: bits.u(8) };
  }
  if (bits.u(1)) {
    bits.ue();
    bits.ue();
  }
  bits.u(1);
  return { sar, range, colour, isFields: bits.u(1) === 1 };
}

/** 7.3.4 */
function skipScalingData(bits: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (bits.u(1) === 0) {
        bits.ue();
        continue;
      }
      if (size > 1) bits.se();
      for (let i = 0; i < Math.min(64, 1 << (4 + (size << 1))); i++) bits.se();
    }
  }
}

/** 7.3.7: only their number of pictures matters for skipping. */
function skipReferenceSets(bits: BitReader): void {
  const count = bits.ue();
  if (count > 64) throw damagedStream('HEVC');
  let before = 0;
  for (let set = 0; set < count; set++) {
    if (set > 0 && bits.u(1)) {
      bits.u(1);
      bits.ue();
      let pictures = 0;
      for (let i = 0; i <= before; i++) if (bits.u(1) || bits.u(1)) pictures++;
      before = pictures;
      continue;
    }
    const negative = bits.ue();
    const positive = bits.ue();
    if (negative > 16 || positive > 16) throw damagedStream('HEVC');
    for (let i = 0; i < negative + positive; i++) {
      bits.ue();
      bits.u(1);
    }
    before = negative + positive;
  }
}
