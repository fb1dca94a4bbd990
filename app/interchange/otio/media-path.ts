/** Which of its media an OpenTimelineIO clip uses. */
import { asObject, asString, isSchema, type JsonObject } from '../json.ts';

/** The clip's active reference; null where it is missing. */
export function mediaReference(item: JsonObject): JsonObject | null {
  const many = asObject(item['media_references']);
  const active = asString(item['active_media_reference_key']) ?? 'DEFAULT_MEDIA';
  const reference = asObject(item['media_reference']) ?? asObject(many?.[active]);
  return reference && !isSchema(reference, 'MissingReference') ? reference : null;
}
