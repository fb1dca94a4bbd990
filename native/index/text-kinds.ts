/** Text dressed as media: playlists and manifests, timelines, lists. None of them is opened further. */
import { noMedia, playlist, timeline } from './refusals.ts';

/** Signatures of text that is media after all. */
const media = ['YUV4MPEG2', '#?RADIANCE', '#?RGBE', 'SIMPLE  =', 'GIF8'];

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^#EXTM3U/, playlist('an HLS or M3U playlist')],
  [/<MPD[\s>]/, playlist('a DASH manifest')],
  [/<SmoothStreamingMedia/, playlist('a Smooth Streaming manifest')],
  [/^ffconcat version/, playlist('a concat list')],
  [/^(?:#[^\n]*\n|\s)*file\s+['"\S]/, playlist('a concat list')],
  [/^\s*\[playlist\]/i, playlist('a PLS playlist')],
  [/^\s*\[Reference\]/i, playlist('an ASX playlist')],
  [/<asx[\s>]/i, playlist('an ASX playlist')],
  [/<playlist[\s>]/i, playlist('an XSPF playlist')],
  [/<smil[\s>]/i, playlist('a SMIL presentation')],
  [/<(?:\w+:)?(?:CompositionPlaylist|AssetMap|PackingList)[\s>]/, playlist('an IMF or DCP package file')],
  [/^v=0\r?\no=/, playlist('an SDP session description')],
  [/^;FFMETADATA/, noMedia('a list of FFmpeg metadata')],
  [/"OTIO_SCHEMA"/, timeline('an OpenTimelineIO timeline')],
  [/<fcpxml[\s>]/, timeline('an FCPXML timeline')],
  [/<xmeml[\s>]/, timeline('an FCP7 XML timeline')],
  [/<xges|<ges[\s>]/, timeline('a GStreamer timeline')],
  [/<mlt[\s>]/, timeline('an MLT timeline')],
  [/^\s*(?:TITLE:|FCM:|\d{3,6}\s+\S+\s+\S+\s+[CDWK])/, timeline('an EDL')],
  [/^Heading\r?\n/, timeline('an ALE list')],
  [/^WEBVTT/, noMedia('a file of subtitles')],
  [/^\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} -->/, noMedia('a file of subtitles')],
  [/^\s*\[Script Info\]/i, noMedia('a file of subtitles')],
  [/<!DOCTYPE html|<html[\s>]/i, noMedia('a web page')],
  [/^\s*\{\\rtf/, noMedia('a document')],
  [/^%!PS/, noMedia('a document')],
  [/^\s*<(?:\?xml|svg|\w)/, noMedia('an XML file')],
  [/^\s*[{[]/, noMedia('a JSON file')],
];

/** Why the text is refused; null where `head`, the file's beginning, is no text. */
export function refuseText(head: Uint8Array): string | null {
  const text = decode(head.subarray(0, 4096));
  if (text === null || media.some((signature) => text.startsWith(signature)) || /^P[1-7FfHh]\s/.test(text)) return null;
  return kinds.find(([pattern]) => pattern.test(text))?.[1] ?? noMedia('a text file');
}

/** Null where it is no text. A character cut at the end does not matter. */
function decode(bytes: Uint8Array): string | null {
  // 0xfffe begins MPEG audio as well: its text must be readable.
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  if (utf16) {
    const text = new TextDecoder(utf16).decode(bytes);
    return isPrintable(text) && /^[\s!-~]{4}/.test(text) ? text : null;
  }
  if (bytes.length < 4) return null;
  const text = decodeUtf8(bytes) ?? new TextDecoder('latin1').decode(bytes);
  const plain = text.replaceAll(/[^\s!-~]/g, '').length;
  return isPrintable(text) && (plain > (2 * text.length) / 3 || decodeUtf8(bytes) !== null) ? text : null;
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Control characters but tab, line and form feeds and escape tell that it is no text. */
function isPrintable(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 9 || (code > 13 && code < 32 && code !== 27) || code === 0xfffd) return false;
  }
  return true;
}
