import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from '../row.ts';
import type { Cut } from './encoders.ts';
import { ffmpegTool } from './peers.ts';

const script = fileURLToPath(new URL('smart-cut.ts', import.meta.url));

/** LosslessCut's way: several processes a segment, one segment after the other. */
export function smartCut(cuts: readonly Cut[], work: string, extension: string): Contender {
  const folder = join(work, 'smart-cut');
  return {
    name: "LosslessCut's way",
    needs: ffmpegTool,
    outputName: `smart-cut${extension}`,
    prepare: () => {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'cuts.json'), JSON.stringify(cuts));
    },
    command: (output) => ({ program: process.execPath, args: [script, 'cuts.json', output], cwd: folder }),
  };
}
