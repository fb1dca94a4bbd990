import type { Track } from '../../domain/project/project.ts';
import { isBoolean, isNumber, isString, oneOf, shape } from '../shape.ts';
import { fromBoolean, isId, isInteger, toBoolean } from './columns.ts';
import type { TableDefinition } from './row-table.ts';

export const trackTable: TableDefinition<Track> = {
  name: 'tracks',
  columns: ['id', 'kind', 'position', 'name', 'is_enabled', 'is_locked', 'gain'],
  write: (track) => [track.id, track.kind, track.position, track.name, fromBoolean(track.isEnabled), fromBoolean(track.isLocked), track.gain],
  read: ([id, kind, position, name, isEnabled, isLocked, gain]) => (
    { id, kind, position, name, isEnabled: toBoolean(isEnabled), isLocked: toBoolean(isLocked), gain }
  ),
  check: shape<Track>({
    id: isId, kind: oneOf('picture', 'sound'), position: isInteger, name: isString, isEnabled: isBoolean, isLocked: isBoolean, gain: isNumber,
  }),
};
