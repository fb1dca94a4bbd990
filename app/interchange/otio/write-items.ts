/** The shared model's items as OpenTimelineIO's objects, in the versions that programs of 2022 and later read. */
import type { DocumentItem, DocumentTrack, Effect, Marker, MediaReference } from '../document.ts';
import { asNumber, asObject, asString, type JsonObject } from '../json.ts';
import { compose, keptOf, ownMetadata, type Said } from './kept.ts';
import { colourEffect, colourFromMetadata, defaultTransition, transitionType } from './read-marks.ts';
import { defaultMediaKey, generatorKinds } from './read-media.ts';
import { labelsOf } from './read-items.ts';
import { fractionOf, writeTime, writeTimeRange } from './time.ts';

export function writeTrack(track: DocumentTrack): JsonObject {
  const bare = keptOf(track.metadata)['isBare'] === true ? track.items[0] : undefined;
  if (bare && track.items.length === 1) return writeItem(bare);
  const isKnown = !('kind' in (asObject(keptOf(track.metadata)['fields']) ?? {}));
  const start = asNumber(keptOf(track.metadata)['start']);
  return compose('Track.1', track.metadata, {
    name: track.name, kind: isKnown ? (track.type === 'audio' ? 'Audio' : 'Video') : null, enabled: isKnown ? track.isEnabled : undefined,
    source_range: writeTimeRange(track.range && start !== null && track.range.start === 0 ? { ...track.range, start } : track.range), effects: track.effects.map(writeEffect), markers: track.markers.map(writeMarker), children: track.items.map(writeItem),
  });
}

function writeItem(item: DocumentItem): JsonObject {
  switch (item.kind) {
    case 'track': return writeTrack(item);
    case 'stack': return compose('Stack.1', item.metadata, {
      name: item.name, enabled: item.isEnabled, source_range: writeTimeRange(item.range),
      effects: item.effects.map(writeEffect), markers: item.markers.map(writeMarker), children: item.tracks.map(writeItem),
    });
    case 'gap': {
      const kept = keptOf(item.metadata);
      return asObject(kept['raw']) ?? compose('Gap.1', item.metadata, {
        name: item.name, enabled: item.isEnabled, effects: item.effects.map(writeEffect), markers: item.markers.map(writeMarker),
        source_range: writeTimeRange({ start: asNumber(kept['start']) ?? 0, duration: item.duration.value, rate: item.duration.rate }),
      });
    }
    case 'transition': return writeTransition(item);
    case 'clip': return writeClip(item);
  }
}

function writeClip(clip: DocumentItem & { kind: 'clip' }): JsonObject {
  const kept = keptOf(clip.metadata);
  const key = asString(kept['active']) ?? defaultMediaKey;
  const own = ownMetadata(clip.metadata);
  const derived = labelsOf(own);
  // A grade that the metadata tell anyway is read from there again.
  const told = JSON.stringify(colourFromMetadata(own));
  const effects = clip.effects.length === 1 && JSON.stringify(clip.effects[0]) === told ? [] : clip.effects;
  return compose('Clip.2', clip.metadata, {
    name: clip.name, enabled: clip.isEnabled, source_range: writeTimeRange(clip.range), effects: effects.map(writeEffect), markers: clip.markers.map(writeMarker),
    media_references: { ...asObject(kept['references']), [key]: writeMedia(clip.media) }, active_media_reference_key: key,
  }, {
    reel: { value: clip.reel, derived: derived.reel }, scene: { value: clip.scene, derived: derived.scene }, take: { value: clip.take, derived: derived.take },
    note: { value: clip.note, derived: derived.note }, gain: { value: clip.gain, derived: 0 },
  });
}

function writeMedia(media: MediaReference): JsonObject {
  const common = { name: media.name, available_range: writeTimeRange(media.available) };
  switch (media.kind) {
    case 'file': return compose('ExternalReference.1', media.metadata, { ...common, target_url: media.url });
    case 'missing': return compose(asString(keptOf(media.metadata)['schema']) ?? 'MissingReference.1', media.metadata, common);
    case 'generator': return compose('GeneratorReference.1', media.metadata, {
      ...common, generator_kind: hasKept(media.metadata, 'generator_kind') ? null : generatorKinds[media.generator], parameters: hasKept(media.metadata, 'parameters') ? null : {},
    });
    case 'sequence': return compose('ImageSequenceReference.1', media.metadata, {
      ...common, target_url_base: media.folder, name_prefix: media.prefix, name_suffix: media.suffix, frame_zero_padding: media.padding,
      start_frame: media.first, frame_step: media.step, rate: media.rate ? media.rate.num / media.rate.den : hasKept(media.metadata, 'rate') ? null : 0, missing_frame_policy: media.missing,
    });
  }
}

function writeEffect(effect: Effect): JsonObject {
  switch (effect.kind) {
    case 'speed': {
      const kind = effect.num === 0 ? 'FreezeFrame' : 'LinearTimeWarp';
      const scalar = effect.num / effect.den;
      const read = fractionOf(scalar);
      return compose(`${kind}.1`, effect.metadata, { name: effect.name, effect_name: hasKept(effect.metadata, 'effect_name') ? null : kind, time_scalar: scalar }, {
        // A fraction that no float tells apart from a shorter one.
        fraction: { value: `${effect.num}/${effect.den}`, derived: read && `${read.num}/${read.den}` },
      });
    }
    case 'cdl': {
      const { slope, offset, power, saturation, metadata } = effect;
      return compose('Effect.1', metadata, { name: '', effect_name: colourEffect }, { cdl: { value: { slope, offset, power, saturation }, derived: null } });
    }
    case 'other': return compose(asString(keptOf(effect.metadata)['schema']) ?? 'Effect.1', effect.metadata, {
      name: hasKept(effect.metadata, 'name') ? null : '', effect_name: hasKept(effect.metadata, 'effect_name') ? null : effect.name,
    });
  }
}

export function writeMarker(marker: Marker): JsonObject {
  const colour = asObject((asObject(keptOf(marker.metadata)['fields']) ?? {})['color']);
  const isTold = colour !== null && asString(colour['name'])?.toLowerCase() === marker.color;
  return compose(isTold ? 'Marker.3' : 'Marker.2', marker.metadata, {
    name: marker.name, comment: marker.comment, color: isTold ? colour : marker.color?.toUpperCase() ?? null, marked_range: writeTimeRange(marker.range),
  });
}

function writeTransition({ name, type, before, after, metadata }: DocumentItem & { kind: 'transition' }): JsonObject {
  const derived = transitionType(defaultTransition[type.kind], ownMetadata(metadata));
  const wipe: Said = { value: type.kind === 'wipe' ? type.number : 0, derived: derived.kind === 'wipe' ? derived.number : 0 };
  return compose('Transition.1', metadata, {
    name, transition_type: type.kind === 'other' && hasKept(metadata, 'transition_type') ? null : defaultTransition[type.kind],
    in_offset: writeTime(before.value, before.rate), out_offset: writeTime(after.value, after.rate),
  }, { wipe });
}

function hasKept(metadata: JsonObject, key: string): boolean {
  return key in (asObject(keptOf(metadata)['fields']) ?? {});
}
