/** Rows that drive the editor in a browser; they bring their own figures instead of contenders. */
import { timelinesRow } from '../interchange/timelines-row.ts';
import type { RowResult } from '../results.ts';
import { costRow } from './cost-row.ts';
import { framesRow, manyClipsRow } from './frames-row.ts';
import { playerAloneRow } from './player-alone-row.ts';
import { playerRow } from './player-row.ts';
import { soakRow } from './soak-row.ts';

export const editorRows: Readonly<Record<string, (isQuick: boolean) => Promise<RowResult>>> = {
  'editor-frames': framesRow,
  'editor-many-clips': manyClipsRow,
  'editor-cost': costRow,
  'editor-player': playerRow,
  'editor-player-alone': playerAloneRow,
  'editor-soak': soakRow,
  timelines: timelinesRow,
};
