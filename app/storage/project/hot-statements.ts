/** Every statement that runs while someone waits, by name: a test shows that each finds its rows by an index. */
import { clipTable } from './clip-table.ts';
import { historyStatements } from './history-table.ts';
import { jobStatements } from './job-table.ts';
import { markerTable } from './marker-table.ts';
import { rowStatements } from './row-table.ts';
import { searchStatements } from './shot-search.ts';
import { settingsStatements } from './settings-table.ts';
import { shotTable } from './shot-table.ts';
import { trackTable } from './track-table.ts';

const named = (prefix: string, statements: Readonly<Record<string, string>>): [string, string][] => (
  Object.entries(statements).map(([name, sql]) => [`${prefix}.${name}`, sql])
);

export const hotStatements: readonly (readonly [name: string, sql: string])[] = [
  ...named('shots', rowStatements(shotTable)),
  ...named('tracks', rowStatements(trackTable)),
  ...named('clips', rowStatements(clipTable)),
  ...named('markers', rowStatements(markerTable)),
  ...named('search', searchStatements),
  ...named('history', historyStatements),
  ...named('jobs', jobStatements),
  ...named('settings', settingsStatements),
];
