/** Missing shots with what was found for them, as rows of the dialog. Pure. */
import type { ShotLink, ShotLinks } from '../../app/contract/editor/relink-schema.ts';
import type { Shot } from '../../app/domain/project/project.ts';
import type { TextKey } from '../texts/text.ts';

export type LinkRow = {
  readonly shot: Shot;
  /** Null before a search. */
  readonly link: ShotLink | null;
  /** What it will have; null: it stays missing. */
  readonly path: string | null;
  readonly words: TextKey;
  readonly tone: 'good' | 'warning' | 'bad' | 'dim';
};

export type LinkChoices = {
  /** Paths chosen by hand, by shot. */
  readonly answers: ReadonlyMap<number, string>;
  /** Shots that stay missing although something was found. */
  readonly left: ReadonlySet<number>;
};

/** `order` is of shot ids; those that are not in it come last. */
export function linkRows(missing: readonly Shot[], found: ShotLinks | null, { answers, left }: LinkChoices, order: readonly number[]): readonly LinkRow[] {
  const links = new Map(found?.links.map((link) => [link.shotId, link]));
  const places = new Map(order.map((id, place) => [id, place]));
  return missing
    .map((shot): LinkRow => {
      const link = links.get(shot.id) ?? null;
      const path = left.has(shot.id) ? null : link?.path ?? null;
      return { shot, link, path, ...wordsFor(link, path, answers.has(shot.id)) };
    })
    .toSorted((a, b) => (places.get(a.shot.id) ?? Infinity) - (places.get(b.shot.id) ?? Infinity) || 0);
}

/** What is to be decided first, then what cannot be helped, then what is clear. */
export function usualOrder({ links }: ShotLinks): readonly number[] {
  return links.toSorted((a, b) => urgency(a) - urgency(b)).map(({ shotId }) => shotId);
}

/** A file was found and it is the user's to say whether it is the one. */
export function isOpen({ link, path, tone }: LinkRow): boolean {
  return link !== null && path === null && link.candidates.length > 0 && tone !== 'dim';
}

function urgency({ path, candidates }: ShotLink): number {
  return path !== null ? 2 : candidates.length > 0 ? 0 : 1;
}

function wordsFor(link: ShotLink | null, path: string | null, isAnswered: boolean): Pick<LinkRow, 'words' | 'tone'> {
  if (!link) return { words: 'link.waiting', tone: 'bad' };
  if (path === null && link.path !== null) return { words: 'link.left', tone: 'dim' };
  if (path === null) return { words: `link.${link.status}`, tone: link.status === 'missing' ? 'bad' : 'warning' };
  const fit = link.candidates.find((candidate) => candidate.path === path)?.fit ?? 'covers';
  if (fit !== 'covers') return { words: `link.${fit}`, tone: 'warning' };
  return { words: isAnswered ? 'link.chosen' : 'link.found', tone: 'good' };
}
