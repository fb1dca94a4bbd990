/** Files by what they hold, for clips whose names lead nowhere. */
import { fold } from '../../domain/relink/media-name.ts';
import type { WantedMedia } from '../../domain/relink/model.ts';
import type { NamedMedia } from '../../domain/relink/name-index.ts';
import type { CandidateReader } from './candidate-reader.ts';

export class ContentIndex {
  readonly #byContent: ReadonlyMap<string | undefined, NamedMedia[]>;
  readonly #byReel: ReadonlyMap<string, NamedMedia[]>;
  /** Of pictures; sound counts samples, which are no frames of a timeline. */
  readonly #byLength: ReadonlyMap<number | null, NamedMedia[]>;
  readonly #sounds: readonly NamedMedia[];

  /** `media` have been read. */
  constructor(media: readonly NamedMedia[], reader: CandidateReader) {
    const readable = media.filter((each) => reader.get(each).media !== null);
    this.#byContent = Map.groupBy(readable, (each) => reader.get(each).media?.fingerprint);
    this.#byReel = Map.groupBy(readable, (each) => fold(reader.get(each).reel ?? ''));
    this.#byLength = Map.groupBy(readable, (each) => reader.get(each).media?.frames ?? null);
    this.#sounds = readable.filter((each) => reader.get(each).media?.picture === null);
  }

  find({ identities, reel, available, kind }: WantedMedia): NamedMedia[] {
    const found = [
      ...identities.flatMap((identity) => this.#byContent.get(identity) ?? []),
      ...(reel === null || reel.trim() === '' ? [] : this.#byReel.get(fold(reel)) ?? []),
      ...(available ? this.#byLength.get(available.duration) ?? [] : []), ...(available && kind === 'sound' ? this.#sounds : []),
    ];
    return [...new Set(found)];
  }
}
