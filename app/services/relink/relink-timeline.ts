/** A timeline's media found again below a folder: what became of each clip, and the timeline with what was found. */
import { resolve } from 'node:path';
import { StringoutError, withPlace } from '../../base/errors.ts';
import { rational, type Rational } from '../../domain/rational.ts';
import { isPictureRate } from '../../domain/relink/coverage.ts';
import type { MediaLink, WantedMedia } from '../../domain/relink/model.ts';
import type { DocumentClip, DocumentTrack, TimelineDocument } from '../../interchange/document.ts';
import { mapClips } from '../../interchange/map-media.ts';
import { relinkedMedia, wantedMedia } from '../../interchange/wanted-media.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { findFiles } from './find-files.ts';
import { listMedia } from './list-media.ts';

export type RelinkOptions = {
  readonly signal: AbortSignal;
  /** Frames wanted on both sides of each clip. */
  readonly handles: number;
  readonly onProgress: (done: number, of: number) => void;
  /** Paths that the user chose, by the clip's `index`. */
  readonly answers?: ReadonlyMap<number, string>;
};

export type ClipLink = MediaLink & {
  /** Among all clips of the timeline, nested ones included, in order. */
  readonly index: number;
  readonly clip: DocumentClip;
  readonly type: DocumentTrack['type'];
  readonly wanted: WantedMedia;
};

export type RelinkedTimeline = {
  /** Clips that need media, in order. */
  readonly clips: readonly ClipLink[];
  /** With what was found; the rest as it was. */
  readonly document: TimelineDocument;
  /** Media below the folder, and those of them that were looked into. */
  readonly listed: number;
  readonly read: number;
  readonly warnings: readonly string[];
};

/** Throws `input.missing` where the folder is not there, `input.unsupported` where it is none. */
export async function relinkTimeline(document: TimelineDocument, folder: string, host: AssemblyHost, options: RelinkOptions): Promise<RelinkedTimeline> {
  const { media, unreadable } = await listMedia(resolve(folder)).catch((error: unknown) => { throw notAFolder(error, resolve(folder)); });
  const needing: { index: number; clip: DocumentClip; type: DocumentTrack['type']; wanted: WantedMedia }[] = [];
  let count = 0;
  mapClips(document, (clip, type) => {
    const index = count++;
    const wanted = wantedMedia(clip, type, options.handles);
    if (wanted) needing.push({ index, clip, type, wanted });
    return clip;
  });
  const answers = new Map(needing.flatMap(({ index }, place) => {
    const path = options.answers?.get(index);
    return path === undefined ? [] : [[place, resolve(path)]];
  }));
  const { links, read, isUnread } = await findFiles(needing.map(({ wanted }) => wanted), media, host, {
    signal: options.signal, onProgress: options.onProgress, sequenceRate: sequenceRateOf(document, needing.map(({ wanted }) => wanted)),
  }, answers);
  const clips = needing.flatMap((each, place) => {
    const link = links[place];
    return link ? [{ ...each, ...link }] : [];
  });
  const byIndex = new Map(clips.map((link) => [link.index, link]));
  let at = 0;
  return {
    clips, listed: media.length, read,
    document: mapClips(document, (clip) => {
      const chosen = byIndex.get(at++)?.chosen;
      return chosen ? { ...clip, media: relinkedMedia(clip, chosen) } : clip;
    }),
    warnings: [
      ...(unreadable.length > 0 ? [`${unreadable.length} ${unreadable.length === 1 ? 'folder cannot' : 'folders cannot'} be read: ${unreadable.slice(0, 3).join(', ')}`] : []),
      ...(isUnread ? ['the folder is too large to look into all of its media for clips whose names lead nowhere: name a folder further down'] : []),
    ],
  };
}

/** Image sequences tell no rate: they play at the clips'. */
function sequenceRateOf({ rate }: TimelineDocument, wanted: readonly WantedMedia[]): Rational {
  return rate ?? wanted.map(({ range }) => range?.rate).find((own) => own !== undefined && isPictureRate(own)) ?? rational(24);
}

function notAFolder(error: unknown, file: string): StringoutError {
  const failure = withPlace(error, { file });
  const isFile = error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
  return isFile ? new StringoutError('input.unsupported', 'is no folder: name the one that the media lie below', { file }) : failure.code === 'input.missing'
    ? new StringoutError('input.missing', 'does not exist', { file }, { cause: error }) : failure;
}
