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

export function segmentKey(settings: SettingsKey, source: Source, ranks: Uint32Array, isEdge: boolean): string {
  const first = ranks[0] ?? 0;
  let run = 0;
  while (run < ranks.length && ranks[run] === first + run) run++;
  const frames = run === ranks.length ? `${first}+${run}` : digest(ranks.join());
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
