/** Append-only: a migration that was released never changes. Versions ascend in steps of ten. */
import { sources } from './010-sources.ts';
import { segments } from './020-segments.ts';

export type Migration = { readonly version: number; readonly sql: string };

export const migrations: readonly Migration[] = [sources, segments];
