import { markerColours, type Marker } from '../../domain/project/project.ts';
import { isString, oneOf, shape } from '../shape.ts';
import { isId, isInteger } from './columns.ts';
import type { TableDefinition } from './row-table.ts';

export const markerTable: TableDefinition<Marker> = {
  name: 'markers',
  columns: ['id', 'frame', 'length', 'name', 'note', 'colour'],
  write: (marker) => [marker.id, marker.frame, marker.length, marker.name, marker.note, marker.colour],
  read: ([id, frame, length, name, note, colour]) => ({ id, frame, length, name, note, colour }),
  check: shape<Marker>({ id: isId, frame: isInteger, length: isInteger, name: isString, note: isString, colour: oneOf(...markerColours) }),
};
