/** Columns of the list: what they show, how wide they are, by what they sort. */
import type { Shot } from '../../app/domain/project/project.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { formatBytes, formatDate, formatLength } from '../texts/format.ts';
import type { TextKey } from '../texts/text.ts';
import type { SortColumn } from './sort-shots.ts';

export type Column = {
  readonly name: SortColumn;
  readonly title: TextKey;
  /** CSS pixels; the name takes what is left and this at least. */
  readonly width: number;
  readonly isNumber: boolean;
  readonly show: (shot: Shot) => string;
};

function timecode({ media }: Shot): string {
  return media?.timecode ? formatTimecode(media.timecode.frame, media.rate, media.timecode.dropFrame) : '';
}

function duration({ media }: Shot): string {
  if (!media || media.isStill) return '';
  // Sound alone counts samples: shown as if there were 100 frames a second.
  return media.picture ? formatLength(media.frames, media.rate) : formatLength(Math.round((media.frames * 100 * media.rate.den) / media.rate.num), { num: 100, den: 1 });
}

export const columns: readonly Column[] = [
  { name: 'name', title: 'column.name', width: 144, isNumber: false, show: ({ name }) => name },
  { name: 'scene', title: 'column.scene', width: 46, isNumber: false, show: ({ scene }) => scene ?? '' },
  { name: 'take', title: 'column.take', width: 40, isNumber: false, show: ({ take }) => take ?? '' },
  { name: 'duration', title: 'column.duration', width: 64, isNumber: true, show: duration },
  { name: 'timecode', title: 'column.timecode', width: 90, isNumber: true, show: timecode },
  { name: 'rating', title: 'column.rating', width: 64, isNumber: false, show: ({ rating }) => '★'.repeat(rating) },
  { name: 'size', title: 'column.size', width: 64, isNumber: true, show: ({ media }) => (media ? formatBytes(media.bytes) : '') },
  { name: 'date', title: 'column.date', width: 120, isNumber: true, show: ({ media }) => formatDate(media?.created ?? null) },
];

export const gridTemplate = columns.map(({ name, width }) => (name === 'name' ? `minmax(${String(width)}px, 1fr)` : `${String(width)}px`)).join(' ');
export const leastListWidth = columns.reduce((sum, { width }) => sum + width, 0);
