/** How far an encoded picture may be from its source before it counts as another picture. */
import type { Profile } from '../../domain/profile.ts';

/** dB in Y. Grain at the usual quality stays above the first; who asks for little gets the second. */
const usual = 30;
const lenient = 22;

export function failingPsnr({ encoder, picture }: Profile): number {
  const quality = Number(encoder.options['crf'] ?? 0);
  const isSmall = /^(?:apco|apcs)$/.test(picture.tag) || /\bLB$/.test(picture.profile);
  return quality > 26 || isSmall ? lenient : usual;
}
