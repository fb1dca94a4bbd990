/** Append-only: a migration that was released never changes. Versions ascend in steps of ten. */
import type { Migration } from '../../migrations/migrations.ts';
import { rows } from './010-rows.ts';
import { search } from './020-search.ts';
import { history } from './030-history.ts';
import { jobs } from './040-jobs.ts';

export const projectMigrations: readonly Migration[] = [rows, search, history, jobs];
