/** What is looked for, what there is, and what became of it: media found again after they moved, in the words of the relink panel and command. */
import type { ShotMedia } from '../project/project.ts';
import type { Rational } from '../rational.ts';

/** What a clip tells of its media. Empty texts and null: it tells none. */
export type WantedMedia = {
  /** Names the clip in reasons. */
  readonly name: string;
  readonly kind: 'picture' | 'sound';
  /** Address as the timeline has it: a path of any system, a file URL, a sequence's pattern. */
  readonly address: string;
  /** Other names of the file: a SOURCE FILE, what the media are called. */
  readonly fileNames: readonly string[];
  readonly reel: string | null;
  /** Fingerprints or hashes of the content, in hex. */
  readonly identities: readonly string[];
  /** Frames read on the media's clock (its timecode where it has one), speed included; null: all of the media. */
  readonly range: MediaRange | null;
  /** Where the old media began and how long they were. */
  readonly available: MediaRange | null;
  /** Sound channels of the old media. */
  readonly channels: number | null;
  /** Frames that must be there on both sides of the range. */
  readonly handles: number;
};

export type MediaRange = { readonly start: number; readonly duration: number; readonly rate: Rational };

/** A file or sequence that may be it. */
export type MediaCandidate = {
  /** Absolute; a sequence's pattern. */
  readonly path: string;
  /** Number of a sequence's first file; null for everything else. */
  readonly first: number | null;
  /** Null until the file was read. */
  readonly media: ShotMedia | null;
  readonly reel: string | null;
  /** Why it cannot be read. */
  readonly problem: string | null;
};

/**
 * Whether the frames wanted are there. `elsewhere`: its timecode begins or ends where none of them lie; `noTimecode`: the clip counts in timecode and the
 * file has none; `version`: another version of the shot; `kind`: no picture, no sound or another count of channels; `unread`: not looked at yet.
 */
export type Fit = 'covers' | 'partial' | 'elsewhere' | 'rate' | 'kind' | 'noTimecode' | 'version' | 'unreadable' | 'unread';

export type Coverage = {
  readonly fit: Fit;
  /** How the clip's clock was laid on the file: by labels, by a sequence's numbers, from its first frame; null where nothing had to be laid. */
  readonly by: 'timecode' | 'numbers' | 'start' | null;
  /** What the clip's clock shows at the file's first frame. */
  readonly origin: number;
  /** A clause for people. */
  readonly text: string;
};

/** Strongest first; `answer`: the user's word alone. */
export type EvidenceKind = 'identity' | 'path' | 'volume' | 'reelTimecode' | 'file' | 'stem' | 'reel' | 'prefix' | 'name' | 'length' | 'answer';

export type ScoredCandidate = {
  readonly candidate: MediaCandidate;
  /** 0 to about 1200; two within `closeScores` are as good as each other. */
  readonly score: number;
  readonly evidence: EvidenceKind;
  readonly coverage: Coverage;
  /** Why, in a sentence without its full stop. */
  readonly reason: string;
};

/** `found` alone has a choice. `weak`: so little speaks for the only candidate that it is asked. Others as `Fit`, said of the best candidate. */
export type LinkStatus = 'found' | 'ambiguous' | 'weak' | 'missing' | Exclude<Fit, 'covers'>;

export type MediaLink = {
  readonly status: LinkStatus;
  readonly chosen: ScoredCandidate | null;
  /** Best first. */
  readonly candidates: readonly ScoredCandidate[];
  readonly reason: string;
};
