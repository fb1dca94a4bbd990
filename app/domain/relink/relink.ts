/**
 * A file for each clip, or why there is none. What is clear is settled first and teaches where the rest may lie; nothing that is as good as another
 * is chosen without being asked.
 */
import { LearntFolders } from './learnt-folders.ts';
import { nameOfPath } from './media-name.ts';
import type { LinkStatus, MediaCandidate, MediaLink, ScoredCandidate, WantedMedia } from './model.ts';
import { wantedNames, type NamedMedia } from './name-index.ts';
import { closeScores, scoreCandidate } from './score.ts';

/** A clip with the files that its names, or a look at all media, left for it. */
export type LinkQuestion = { readonly wanted: WantedMedia; readonly candidates: readonly { readonly named: NamedMedia; readonly candidate: MediaCandidate }[] };

/** `answers`: paths that the user chose, by the question's place; they are taken whatever speaks against them, and teach. One link a question, in order. */
export function relink(questions: readonly LinkQuestion[], answers: ReadonlyMap<number, string> = new Map()): MediaLink[] {
  const learnt = new LearntFolders();
  const asked = questions.map((question) => ({ ...question, names: wantedNames(question.wanted) }));
  const links: MediaLink[] = [];
  const settle = (index: number, link: MediaLink): void => {
    links[index] = link;
    const names = asked[index]?.names;
    if (link.chosen && names) learnt.learn(names.call, names.address, link.chosen.candidate.path, nameOfPath(link.chosen.candidate.path));
  };
  const pending = new Set(asked.keys());
  const look = (index: number): MediaLink => {
    const question = asked[index];
    if (!question) return missing;
    const answer = answers.get(index) ?? null;
    const judging = { ...question, learnt, answer };
    return choose(question.candidates.map(({ named, candidate }) => scoreCandidate(named, candidate, judging)).filter((each) => each !== null), answer);
  };
  for (const index of answers.keys()) {
    settle(index, look(index));
    pending.delete(index);
  }
  // What one clip teaches may make others clear. Nothing is learnt within a round, so that the order of clips decides nothing.
  for (let isLearning = true; isLearning;) {
    isLearning = false;
    for (const [index, link] of [...pending].map((each) => [each, look(each)] as const)) {
      settle(index, link);
      if (!link.chosen) continue;
      pending.delete(index);
      isLearning = true;
    }
  }
  return links;
}

const missing: MediaLink = { status: 'missing', chosen: null, candidates: [], reason: 'no file is called like it' };

function choose(scored: readonly ScoredCandidate[], answer: string | null): MediaLink {
  const candidates = scored.toSorted((a, b) => b.score - a.score || (a.candidate.path < b.candidate.path ? -1 : 1));
  const link = (status: LinkStatus, chosen: ScoredCandidate | null, reason: string): MediaLink => ({ status, chosen, candidates, reason });
  const answered = candidates.find(({ candidate }) => candidate.path === answer);
  if (answered) return link('found', answered, `chosen by you; ${answered.reason}`);
  const [best] = candidates;
  if (!best) return missing;
  const usable = candidates.filter(({ coverage }) => coverage.fit === 'covers');
  const [first] = usable;
  // The very file that the clip had is not passed over for another because it is too short now.
  if (!first || (best !== first && (best.evidence === 'identity' || best.evidence === 'path'))) return link(failureOf(best), null, best.reason);
  const equals = usable.filter(({ score }) => first.score - score < closeScores);
  const others = equals.filter((other) => !isSameContent(other, first));
  if (others.length > 0) return link('ambiguous', null, `${equals.length} files are as good as each other: ${first.reason}`);
  if (first.evidence === 'length') return link('weak', null, `${first.reason}: choose it if it is the one`);
  const copies = equals.length > 1 ? `; ${equals.length} copies of the same content` : '';
  return link('found', first, `${first.reason}${copies}`);
}

function failureOf({ coverage }: ScoredCandidate): LinkStatus {
  return coverage.fit === 'covers' ? 'weak' : coverage.fit;
}

function isSameContent(a: ScoredCandidate, b: ScoredCandidate): boolean {
  return a === b || (a.candidate.media !== null && a.candidate.media.fingerprint === b.candidate.media?.fingerprint);
}
