/** What can be chosen for an export, and what goes with what. Pure. */
import type { ExportSettings } from '../../app/contract/editor/export-settings.ts';
import { knownRates } from '../../app/domain/frame-rates.ts';
import { rationalToNumber } from '../../app/domain/rational.ts';
import { canHold, flavours } from '../../app/domain/plan/encoders.ts';
import { containers, type Container, type ProfileName } from '../../app/domain/profile.ts';

const codecs: Readonly<Record<Exclude<ProfileName, 'match'>, string>> = { h264: 'h264', hevc: 'hevc', prores: 'prores', dnxhr: 'dnxhd', av1: 'av1' };

/** `match` takes what the shots are: the plan says where that does not go. WAV is sound alone, whatever the profile. */
export function containersFor(profile: ProfileName): readonly Container[] {
  return profile === 'match' ? containers : containers.filter((container) => container === 'wav' || canHold(container, codecs[profile]));
}

/** From the smallest files to the largest, each with the name that its maker gave it. */
const flavourNames: Readonly<Record<string, string>> = { proxy: 'Proxy', lt: 'LT', lb: 'LB', sq: 'SQ', hq: 'HQ', hqx: 'HQX' };

export function flavoursOf(profile: ProfileName): readonly { readonly value: string; readonly label: string }[] {
  const size = (value: string): number => ['proxy', 'lb', 'lt', 'sq', '422', 'hq', 'hqx', '444', '4444'].indexOf(value);
  return (flavours[profile] ?? []).toSorted((a, b) => size(a) - size(b)).map((value) => ({ value, label: flavourNames[value] ?? value }));
}

export function hasQuality(profile: ProfileName): boolean {
  return profile === 'h264' || profile === 'hevc' || profile === 'av1';
}

/** The same settings with another profile: what does not go with it is put to its usual value. */
export function withProfile(settings: ExportSettings, profile: ProfileName): ExportSettings {
  const holding = containersFor(profile);
  return {
    ...settings, profile, container: holding.includes(settings.container) ? settings.container : holding[0] ?? 'mov', flavour: null, preset: null,
    crf: hasQuality(profile) ? settings.crf : null,
  };
}

/** Another ending for another container; what the user wrote before it stays. */
export function withContainer(path: string, container: Container): string {
  return /\.(?:mp4|mov|mkv|mxf|wav)$/i.test(path) ? path.replace(/\.[^.]+$/, `.${container}`) : `${path}.${container}`;
}

const sizes = ['3840x2160', '2560x1440', '1920x1080', '1280x720', '640x360'] as const;
export const offeredSizes: readonly string[] = sizes;

/** Those that editors use, from the slowest. */
export const offeredRates = knownRates.filter((rate) => rationalToNumber(rate) <= 120).toSorted((a, b) => rationalToNumber(a) - rationalToNumber(b));

export function sizeName(size: ExportSettings['size']): string {
  return size ? `${String(size.width)}x${String(size.height)}` : 'match';
}

export function parseSize(name: string): ExportSettings['size'] {
  const match = /^(\d+)x(\d+)$/.exec(name);
  return match ? { width: Number(match[1]), height: Number(match[2]) } : null;
}
