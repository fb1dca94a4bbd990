/** What an EDL alone knows of a clip or transition, kept under `cmx_3600` so that it is written as it was. */
import { asNumber, asObject, asString, asArray, type JsonObject } from '../json.ts';

export const edlKey = 'cmx_3600';

/** Null and empty: as a writer would have it anyway. */
export type ClipNotes = {
  readonly event: string | null;
  /** The reel as written, where neither `reel` nor the media tells it. */
  readonly reel: string | null;
  /** Source frames that the list gives for so many record frames, where they do not follow from each other. */
  readonly spans: { readonly source: number; readonly record: number } | null;
  readonly sourceRate: string | null;
  /** Source labels, where they differ from the record's in that. */
  readonly isDrop: boolean | null;
  /** The source is given in frame numbers. */
  readonly isCounted: boolean;
  /** A key: `K 000`. */
  readonly transition: string | null;
  /** Other name of a cut. */
  readonly toName: string | null;
  readonly comments: readonly string[];
};

export function writeClipNotes(notes: ClipNotes): JsonObject {
  return wrap({
    event: notes.event ?? undefined, reel: notes.reel ?? undefined, spans: notes.spans ?? undefined, source_rate: notes.sourceRate ?? undefined,
    drop_frame: notes.isDrop ?? undefined, frame_numbers: notes.isCounted || undefined, transition: notes.transition ?? undefined,
    to_clip_name: notes.toName ?? undefined, comments: notes.comments.length > 0 ? notes.comments : undefined,
  });
}

export function readClipNotes(metadata: JsonObject): ClipNotes {
  const own = asObject(metadata[edlKey]) ?? {};
  const spans = asObject(own['spans']);
  const comments = stringsIn(own['comments']);
  const [source, record] = [asNumber(spans?.['source']), asNumber(spans?.['record'])];
  return {
    event: asString(own['event']), reel: asString(own['reel']), spans: source !== null && record !== null ? { source, record } : null,
    sourceRate: asString(own['source_rate']), isDrop: typeof own['drop_frame'] === 'boolean' ? own['drop_frame'] : null, isCounted: own['frame_numbers'] === true,
    transition: asString(own['transition']), toName: asString(own['to_clip_name']), comments: own['event'] === undefined ? comments.map(starred) : comments,
  };
}

/** OpenTimelineIO's own reader keeps comments under the same key, without their stars. */
function starred(comment: string): string {
  return comment.startsWith('*') ? comment : `* ${comment}`;
}

/** The line before a transition, where it is not the clip before. */
export type OutgoingNotes = { readonly reel: string; readonly source: string; readonly name: string | null };

export function writeOutgoingNotes(notes: OutgoingNotes | null): JsonObject {
  return notes ? wrap({ from: { reel: notes.reel, source: notes.source, name: notes.name ?? undefined } }) : {};
}

export function readOutgoingNotes(metadata: JsonObject): OutgoingNotes | null {
  const from = asObject(asObject(metadata[edlKey])?.['from']);
  const [reel, source] = [asString(from?.['reel']), asString(from?.['source'])];
  return reel !== null && source !== null ? { reel, source, name: asString(from?.['name']) } : null;
}

export function stringsIn(value: unknown): string[] {
  return asArray(value).filter((item) => typeof item === 'string');
}

/** Without what is undefined; nothing at all where all is. */
export function wrap(own: JsonObject): JsonObject {
  const entries = Object.entries(own).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? { [edlKey]: withoutUndefined(Object.fromEntries(entries)) } : {};
}

function withoutUndefined(value: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
