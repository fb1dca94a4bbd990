/** What a document's clip tells of its media, for finding them again, and the clip's media once they were found. */
import { pathToFileURL } from 'node:url';
import { basename, dirname } from 'node:path';
import { atRate } from '../domain/rational.ts';
import { isPictureRate } from '../domain/relink/coverage.ts';
import type { MediaCandidate, MediaRange, ScoredCandidate, WantedMedia } from '../domain/relink/model.ts';
import type { DocumentClip, DocumentTrack, MediaReference } from './document.ts';
import { asObject, asString } from './json.ts';
import { sourceSpan } from './source-span.ts';

/** Our own notes on media; `stringout` alone is what our OpenTimelineIO writer keeps. */
export const ownKey = 'stringout_media';

/** Null where a clip needs no media: black, bars and the like. `handles`: frames wanted on both sides. */
export function wantedMedia(clip: DocumentClip, type: DocumentTrack['type'], handles: number): WantedMedia | null {
  const { media } = clip;
  if (media.kind === 'generator') return null;
  const fingerprint = asString(asObject(media.metadata[ownKey])?.['fingerprint']);
  return {
    name: clip.name, kind: type === 'video' ? 'picture' : 'sound', address: addressOf(media), fileNames: media.name === '' ? [] : [media.name], reel: clip.reel,
    identities: fingerprint === null ? [] : [fingerprint], range: sourceSpan(clip), available: media.available, channels: null, handles,
  };
}

/** Empty where it names none. */
export function addressOf(media: MediaReference): string {
  if (media.kind === 'file') return media.url;
  return media.kind === 'sequence' ? `${media.folder}${media.folder === '' || media.folder.endsWith('/') ? '' : '/'}${media.prefix}%0${Math.max(1, media.padding)}d${media.suffix}` : '';
}

/** The clip with the file that was found; its own clock stays as it was. The file's fingerprint is noted, so that it is found by content next time. */
export function relinkedMedia(clip: DocumentClip, { candidate, coverage }: ScoredCandidate): MediaReference {
  const { media } = clip;
  const available = availableOf(candidate, coverage.by === null ? null : coverage.origin, sourceSpan(clip));
  const metadata = candidate.media ? { ...media.metadata, [ownKey]: { ...asObject(media.metadata[ownKey]), fingerprint: candidate.media.fingerprint } } : media.metadata;
  const pattern = candidate.first === null ? null : /^(.*?)%(?:0(\d{1,2}))?d(.*)$/.exec(basename(candidate.path));
  if (candidate.first === null || !pattern) return { kind: 'file', url: addressFor(candidate.path, media), name: media.name, available, metadata };
  const [, prefix = '', padding, suffix = ''] = pattern;
  return {
    kind: 'sequence', folder: addressFor(dirname(candidate.path), media), prefix, suffix, padding: Number(padding ?? 0), first: candidate.first, step: 1,
    rate: available?.rate ?? candidate.media?.rate ?? null, missing: media.kind === 'sequence' ? media.missing : 'error', name: media.name, available, metadata,
  };
}

/** A URL where there was one, or where a plain path would be read as encoded. */
function addressFor(path: string, old: MediaReference): string {
  const before = old.kind === 'file' ? old.url : old.kind === 'sequence' ? old.folder : '';
  return /^file:/i.test(before) || /%[0-9a-f]{2}/i.test(path) ? pathToFileURL(path).href : path;
}

function availableOf({ media }: MediaCandidate, origin: number | null, range: MediaRange | null): MediaReference['available'] {
  if (!media || media.isStill) return null;
  const rate = media.picture || !range || !isPictureRate(range.rate) ? media.rate : range.rate;
  return { start: origin ?? media.timecode?.frame ?? 0, duration: atRate(media.frames, media.rate, rate), rate };
}
