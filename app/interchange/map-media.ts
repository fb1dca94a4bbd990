/** The same document with other media: for bundles, and for timelines that move to another folder. */
import type { DocumentItem, DocumentTrack, MediaReference, TimelineDocument } from './document.ts';

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
  return { ...document, tracks: document.tracks.map((track) => mapTrack(track, change)) };
}

function mapTrack(track: DocumentTrack, change: (media: MediaReference) => MediaReference): DocumentTrack {
  return { ...track, items: track.items.map((item) => mapItem(item, change)) };
}

function mapItem(item: DocumentItem, change: (media: MediaReference) => MediaReference): DocumentItem {
  switch (item.kind) {
    case 'clip': return { ...item, media: change(item.media) };
    case 'track': return mapTrack(item, change);
    case 'stack': return { ...item, tracks: item.tracks.map((inner) => mapItem(inner, change)) };
    default: return item;
  }
}
