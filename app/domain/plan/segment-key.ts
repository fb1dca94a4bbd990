/**
 * Content keys of segments: source fingerprint, frames, format, encoder and its settings, engine version.
 * Never the output's name, a clip's order or a path.
 */
import { hash } from 'node:crypto';
import { engineVersion } from '../engine-version.ts';
import type { Profile } from '../profile.ts';
import type { Source } from '../source.ts';

/** What all segments of a profile share, serialised once. */
export type SettingsKey = { readonly whole: string; readonly edge: string };

export function settingsKey(profile: Profile): SettingsKey {
  const { picture, rate, encoder } = profile;
  const common = JSON.stringify([engineVersion, picture, rate, encoder.name]);
  return { whole: digest(common + JSON.stringify(encoder.options)), edge: digest(common + JSON.stringify(encoder.edgeOptions)) };
}

/** Keys of a source's segments under the settings last planned with: an edit of the timeline asks for nearly all of them again. */
type KnownKeys = { readonly settings: SettingsKey; readonly keys: Map<number, string> };
const known = new WeakMap<Source, KnownKeys>();
const mostKnown = 4096;
/** A first frame and a length below it make one number. */
const mostFrames = 2 ** 24;

export function segmentKey(settings: SettingsKey, source: Source, ranks: Uint32Array, isEdge: boolean): string {
  const first = ranks[0] ?? 0;
  let run = 0;
  while (run < ranks.length && ranks[run] === first + run) run++;
  if (run < ranks.length || first >= mostFrames || run >= mostFrames) return newKey(settings, source, run === ranks.length ? `${first}+${run}` : digest(ranks.join()), isEdge);
  const keys = keysOf(source, settings);
  const number = 2 * (first * mostFrames + run) + (isEdge ? 1 : 0);
  const key = keys.get(number) ?? newKey(settings, source, `${first}+${run}`, isEdge);
  if (keys.size >= mostKnown) keys.clear();
  keys.set(number, key);
  return key;
}

function keysOf(source: Source, settings: SettingsKey): Map<number, string> {
  const entry = known.get(source);
  if (entry?.settings.whole === settings.whole && entry.settings.edge === settings.edge) return entry.keys;
  const keys = new Map<number, string>();
  known.set(source, { settings, keys });
  return keys;
}

function newKey(settings: SettingsKey, source: Source, frames: string, isEdge: boolean): string {
  return digest(`picture ${isEdge ? settings.edge : settings.whole} ${source.fingerprint} ${frames}`);
}

export function blackKey(settings: SettingsKey, frames: number): string {
  return digest(`black ${settings.whole} ${frames}`);
}

/** Sound: `parts` is what is heard, in any form that names sources by fingerprint. */
export function soundKey(format: string, parts: string): string {
  return digest(`sound ${engineVersion} ${format} ${parts}`);
}

function digest(text: string): string {
  return hash('sha1', text, 'hex');
}
