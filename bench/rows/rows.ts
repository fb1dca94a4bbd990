/** Every row, in the order of the report. A row that this machine cannot run is null, and says why. */
import type { Row } from '../row.ts';
import type { BenchContext } from './context.ts';
import { copyAacRow, copyExactRow, copyProresRow, memoryRow } from './copy.ts';
import { encodeRow } from './encode.ts';
import { planRow } from './plan.ts';
import { reflinkRow } from './reflink.ts';
import { soundRow } from './sound.ts';
import { changeRow, longTrimsRow, shortTrimsRow } from './trims.ts';

export const rowMakers: Readonly<Record<string, (context: BenchContext) => Row | null>> = {
  'copy-h264-aac': copyAacRow,
  'copy-prores-pcm': copyProresRow,
  'copy-exact-sound': copyExactRow,
  'sound-exact': soundRow,
  'trims-long': longTrimsRow,
  'trims-short': shortTrimsRow,
  'encode-mixed': encodeRow,
  'change-one': changeRow,
  plan: planRow,
  memory: memoryRow,
  reflink: reflinkRow,
};
