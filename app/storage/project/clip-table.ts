import type { TimelineClip } from '../../domain/project/project.ts';
import { isBoolean, isNumber, nullOr, shape } from '../shape.ts';
import { fromBoolean, isId, isInteger, isPositive, toBoolean } from './columns.ts';
import type { TableDefinition } from './row-table.ts';

export const clipTable: TableDefinition<TimelineClip> = {
  name: 'clips',
  columns: ['id', 'track_id', 'shot_id', 'start', 'length', 'source_in', 'is_enabled', 'gain', 'link'],
  write: (clip) => [clip.id, clip.trackId, clip.shotId, clip.start, clip.length, clip.sourceIn, fromBoolean(clip.isEnabled), clip.gain, clip.link],
  read: ([id, trackId, shotId, start, length, sourceIn, isEnabled, gain, link]) => (
    { id, trackId, shotId, start, length, sourceIn, isEnabled: toBoolean(isEnabled), gain, link }
  ),
  check: shape<TimelineClip>({
    id: isId, trackId: isId, shotId: isId, start: isInteger, length: isPositive, sourceIn: isInteger, isEnabled: isBoolean, gain: isNumber, link: nullOr(isInteger),
  }),
};
