/** What the movie will cost, in a line: "497 copied, 2 edges to encode (31 frames), 1 conformed; about 4 s". Pure. */
import type { Cost } from '../../app/contract/editor/commands.ts';
import { formatSeconds } from '../texts/format.ts';
import { plural, text } from '../texts/text.ts';

export function costLine({ steps, framesToEncode, expectedSeconds }: Cost): string {
  const { copy, cached, smart, encode } = steps;
  const parts = [
    ...(copy > 0 ? [text('cost.copied', { count: copy })] : []),
    ...(cached > 0 ? [text('cost.cached', { count: cached })] : []),
    ...(smart > 0 ? [plural('cost.trimmed', smart)] : []),
    ...(encode > 0 ? [text('cost.conformed', { count: encode })] : []),
  ];
  const frames = framesToEncode > 0 ? ` (${text('cost.toEncode', { frames: plural('cost.frames', framesToEncode) })})` : '';
  return text('cost.line', { steps: parts.join(', '), frames, time: formatSeconds(expectedSeconds) });
}
