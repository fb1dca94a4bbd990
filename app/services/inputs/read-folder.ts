/** A folder as a timeline: its media in natural name order, image sequences as one shot each. */
import { join, relative, sep } from 'node:path';
import { orderBy } from 'natural-orderby';
import { StringoutError } from '../../base/errors.ts';
import { groupSequences } from '../../domain/image-sequence.ts';
import { mediaKind } from '../../domain/media-files.ts';
import type { Clip, Timeline } from '../../domain/timeline.ts';
import { walkFolder } from './walk-folder.ts';

export async function readFolder(root: string): Promise<Timeline> {
  const warnings: string[] = [];
  const unreadable: string[] = [];
  const pictures: string[] = [];
  const sounds: string[] = [];
  const others: string[] = [];
  for (const { folder, names } of await walkFolder(root, unreadable)) {
    const at = (name: string): string => join(folder, name);
    const byKind = Map.groupBy(names, mediaKind);
    const stills = groupSequences(byKind.get('still') ?? []);
    pictures.push(...(byKind.get('picture') ?? []).map(at), ...stills.sequences.map(({ pattern }) => at(pattern)), ...stills.others.map(at));
    sounds.push(...(byKind.get('sound') ?? []).map(at));
    others.push(...(byKind.get('other') ?? []).map(at));
  }
  // Sound recorded beside the camera is no shot; a folder of nothing but sound is a list of sound.
  const media = pictures.length > 0 ? pictures : sounds;
  if (media.length === 0) throw new StringoutError('input.missing', 'holds no media that Stringout knows', { file: root });
  const left = [...others, ...(pictures.length > 0 ? sounds : [])];
  if (left.length > 0) warnings.push(`left out, no shots: ${summary(left, root)}`);
  if (unreadable.length > 0) warnings.push(`folders that cannot be read: ${summary(unreadable, root)}`);
  const items = inNaturalOrder(media, root).map((path): Clip => ({
    kind: 'clip', name: relative(root, path), media: path, range: null, line: null, reel: null, scene: null, take: null, note: null,
  }));
  return { name: root.split(sep).filter(Boolean).at(-1) ?? 'folder', rate: null, start: null, items, warnings, origin: root };
}

/** Folder by folder, "shot 2" before "shot 10". */
function inNaturalOrder(paths: readonly string[], root: string): string[] {
  const parts = paths.map((path) => ({ path, parts: relative(root, path).split(sep) }));
  const depth = parts.reduce((most, entry) => Math.max(most, entry.parts.length), 0);
  const levels = Array.from({ length: depth }, (_, level) => (entry: { parts: string[] }): string => entry.parts[level] ?? '');
  return orderBy(parts, levels).map((entry) => entry.path);
}

const namedAtMost = 20;

function summary(paths: readonly string[], root: string): string {
  const named = paths.slice(0, namedAtMost).map((path) => JSON.stringify(relative(root, path) || path));
  return named.join(', ') + (paths.length > namedAtMost ? ` and ${paths.length - namedAtMost} more` : '');
}
