/** Files for clips in a folder of any size: names first, then what the few that they leave hold, then everything where names leave none. */
import { relink, type LinkQuestion } from '../../domain/relink/relink.ts';
import type { MediaLink, WantedMedia } from '../../domain/relink/model.ts';
import { NameIndex, wantedNames, type ListedMedia, type NamedMedia } from '../../domain/relink/name-index.ts';
import { nameOfPath } from '../../domain/relink/media-name.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { CandidateReader, type ReaderOptions } from './candidate-reader.ts';
import { ContentIndex } from './content-index.ts';

export type FoundFiles = {
  /** One for each that was wanted, in order. */
  readonly links: readonly MediaLink[];
  /** Files that were looked into. */
  readonly read: number;
  /** Media were not looked into for clips whose names lead nowhere: there are too many. */
  readonly isUnread: boolean;
  /** What was weighed: `relink` tells what other answers make of it, without reading anything again. */
  readonly questions: readonly LinkQuestion[];
};

/** Folders of more files are not read for clips whose names lead nowhere. */
const mostUnnamed = 2000;

/** `answers`: paths that the user chose, by the place of the clip among the wanted; they need not be listed. */
export async function findFiles(
  wanted: readonly WantedMedia[], listed: readonly ListedMedia[], host: AssemblyHost, options: ReaderOptions, answers: ReadonlyMap<number, string> = new Map(),
): Promise<FoundFiles> {
  const names = new NameIndex(listed);
  const reader = new CandidateReader(host, options);
  const calls = wanted.map(wantedNames);
  const found: NamedMedia[][] = calls.map((call) => names.find(call, false));
  for (const [index, path] of answers) found[index]?.push(names.all.find((media) => media.path === path) ?? { path, first: null, name: nameOfPath(path) });
  const questions = (): LinkQuestion[] => wanted.map((each, index) => ({ wanted: each, candidates: (found[index] ?? []).map((named) => ({ named, candidate: reader.get(named) })) }));
  const link = async (): Promise<MediaLink[]> => {
    await reader.read(found.flat());
    return relink(questions(), answers);
  };
  const openAfter = (links: readonly MediaLink[]): number[] => [...links.keys()].filter((index) => links[index]?.chosen === null);
  let links = await link();
  const unclear = openAfter(links).filter((index) => links[index]?.status !== 'ambiguous');
  for (const index of unclear) found[index] = union(found[index], calls[index] ? names.find(calls[index], true) : []);
  if (unclear.length > 0) links = await link();
  const nameless = openAfter(links).filter((index) => links[index]?.status === 'missing');
  const isUnread = nameless.length > 0 && names.all.length - reader.count > mostUnnamed;
  if (nameless.length > 0 && !isUnread) {
    await reader.read(names.all);
    const byContent = new ContentIndex(names.all, reader);
    for (const index of nameless) found[index] = wanted[index] ? byContent.find(wanted[index]) : [];
    links = await link();
  }
  return { links, read: reader.count, isUnread, questions: questions() };
}

function union(some: readonly NamedMedia[] | undefined, more: readonly NamedMedia[]): NamedMedia[] {
  return [...new Map([...some ?? [], ...more].map((media) => [media.path, media])).values()];
}
