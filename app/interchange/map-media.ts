/** The same document with other clips or media: for bundles, for timelines that move to another folder, for media that were found again. */
import type { DocumentClip, DocumentItem, DocumentTrack, MediaReference, TimelineDocument } from './document.ts';

type ChangeClip = (clip: DocumentClip, type: DocumentTrack['type']) => DocumentClip;

/** Every clip's media, those of nested timelines included, in order. */
export function mediaOf(document: TimelineDocument): MediaReference[] {
  const found: MediaReference[] = [];
  mapMedia(document, (media) => {
    found.push(media);
    return media;
  });
  return found;
}

export function mapMedia(document: TimelineDocument, change: (media: MediaReference) => MediaReference): TimelineDocument {
  return mapClips(document, (clip) => ({ ...clip, media: change(clip.media) }));
}

/** Every clip, those of nested timelines included, in order, with the kind of track that it lies on. */
export function mapClips(document: TimelineDocument, change: ChangeClip): TimelineDocument {
  return { ...document, tracks: document.tracks.map((track) => mapTrack(track, change)) };
}

function mapTrack(track: DocumentTrack, change: ChangeClip): DocumentTrack {
  return { ...track, items: track.items.map((item) => mapItem(item, track.type, change)) };
}

function mapItem(item: DocumentItem, type: DocumentTrack['type'], change: ChangeClip): DocumentItem {
  switch (item.kind) {
    case 'clip': return change(item, type);
    case 'track': return mapTrack(item, change);
    case 'stack': return { ...item, tracks: item.tracks.map((inner) => mapItem(inner, type, change)) };
    default: return item;
  }
}
