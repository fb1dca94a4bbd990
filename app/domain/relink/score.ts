/** How much speaks for a file being what a clip wants, in points and in words. */
import type { LearntFolders } from './learnt-folders.ts';
import { commonFolders } from './learnt-folders.ts';
import { coverageOf } from './coverage.ts';
import { fold } from './media-name.ts';
import { atRate, sameRational } from '../rational.ts';
import type { Coverage, EvidenceKind, MediaCandidate, ScoredCandidate, WantedMedia } from './model.ts';
import type { NamedMedia, WantedNames } from './name-index.ts';

const weights: Readonly<Record<EvidenceKind, number>> = {
  identity: 1000, path: 900, volume: 850, reelTimecode: 800, file: 600, stem: 500, reel: 450, prefix: 400, name: 300, length: 100, answer: 0,
};
/** Two within so many points are as good as each other. */
export const closeScores = 10;
/** Labels that agree lift a name over the next kind of name, never over a path. */
const timecodePoints = 120;
const learntPoints = 60;
const twinPoints = 80;
const spellingPoints = 10;
const folderPoints = 10;
const mostFolders = 4;

export type Judging = { readonly wanted: WantedMedia; readonly names: WantedNames; readonly learnt: LearntFolders; /** The path that the user chose. */ readonly answer: string | null };

/** Null where nothing speaks for it. */
export function scoreCandidate(named: NamedMedia, candidate: MediaCandidate, { wanted, names, learnt, answer }: Judging): ScoredCandidate | null {
  const coverage = versionProblem(names, named) ?? coverageOf(wanted, candidate);
  const evidence = evidenceFor(wanted, names, named, candidate, coverage) ?? (candidate.path === answer ? 'answer' : null);
  if (!evidence) return null;
  const folders = names.address ? Math.min(mostFolders, commonFolders(names.address, named.name)) : 0;
  const isTwin = learnt.isKnown(names.call, named.path);
  const isLearnt = !isTwin && learnt.leadsTo(names.address, named.name);
  const isLabelled = coverage.fit === 'covers' && coverage.by === 'timecode' && evidence !== 'reelTimecode';
  const isSpelledSame = names.address !== null && names.address.spelled === named.name.spelled;
  const clauses = [
    describeEvidence(evidence, wanted, named), coverage.text,
    ...(folders > 0 ? [`${folders === 1 ? 'its folder is' : `${folders} folders are`} called the same`] : []),
    ...(isTwin ? ['another clip has it'] : []), ...(isLearnt ? ['its siblings were found there'] : []),
  ];
  return {
    candidate, evidence, coverage,
    score: weights[evidence] + (isLabelled ? timecodePoints : 0) + (isLearnt ? learntPoints : 0) + (isTwin ? twinPoints : 0) + (isSpelledSame ? spellingPoints : 0) + folders * folderPoints,
    reason: clauses.join('; '),
  };
}

/** The strongest there is. */
function evidenceFor(wanted: WantedMedia, names: WantedNames, { name }: NamedMedia, { media, reel }: MediaCandidate, coverage: Coverage): EvidenceKind | null {
  const { address } = names;
  const isSameFile = address !== null && address.file === name.file;
  const isSameFolder = isSameFile && address.folders.length > 0 && address.folders.join('/') === name.folders.join('/');
  const isReel = names.reel !== null && (fold(reel ?? '') === names.reel || name.stem === names.reel || (name.camera !== null && names.cameras.has(name.camera)));
  if (media && wanted.identities.includes(media.fingerprint)) return 'identity';
  if (isSameFolder && address.volume === name.volume) return 'path';
  if (isSameFolder) return 'volume';
  if (isReel && coverage.fit === 'covers' && coverage.by === 'timecode') return 'reelTimecode';
  if (names.files.has(name.file)) return 'file';
  if (names.stems.has(name.stem)) return 'stem';
  if (isReel || (name.camera !== null && names.cameras.has(name.camera))) return 'reel';
  if (names.prefixes.some((prefix) => name.stem.startsWith(prefix))) return 'prefix';
  if (name.stem === names.clip.stem || name.stem === names.clip.file || names.codes.has(name.code)) return 'name';
  return hasSameLength(wanted, media) ? 'length' : null;
}

function describeEvidence(evidence: EvidenceKind, wanted: WantedMedia, { path }: NamedMedia): string {
  switch (evidence) {
    case 'identity': return 'its content is the same';
    case 'path': return 'it lies where the timeline says';
    case 'volume': return 'it lies at the same path on another volume';
    case 'reelTimecode': return `it is of reel ${wanted.reel} and holds the timecode`;
    case 'file': return 'the file is called the same';
    case 'stem': return 'the file is called the same but for its extension';
    case 'reel': return `it is of reel ${wanted.reel ?? fileOf(path)}`;
    case 'prefix': return 'its name begins with the reel or source';
    case 'name': return `it is called like the clip ${JSON.stringify(wanted.name)}`;
    case 'answer': return 'nothing else speaks for it';
    case 'length': return 'only its length and rate are the same';
  }
}

/** Another version of the shot is for stepping versions, not for finding what is lost. */
function versionProblem({ version, stems }: WantedNames, { name }: NamedMedia): Coverage | null {
  if (version === null || name.version === null || version === name.version || stems.has(name.stem)) return null;
  return { fit: 'version', by: null, origin: 0, text: `it is version ${name.version}, the timeline has version ${version}` };
}

function hasSameLength({ available, kind }: WantedMedia, media: MediaCandidate['media']): boolean {
  if (!available || !media || media.isStill || (kind === 'picture') !== (media.picture !== null)) return false;
  if (media.picture) return media.frames === available.duration && sameRational(media.rate, available.rate);
  return atRate(media.frames, media.rate, available.rate) === available.duration;
}

function fileOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
