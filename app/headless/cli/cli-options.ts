/** From the words of the command line to the options of an assembly. */
import { StringoutError } from '../../base/errors.ts';
import { flavours } from '../../domain/plan/encoders.ts';
import type { ProfileRequest } from '../../domain/plan/match-profile.ts';
import { profileNames, type Container, type ProfileName, type SoundMode } from '../../domain/profile.ts';
import { parseRate } from '../../domain/frame-rates.ts';
import { parsePosition } from '../../domain/parse-position.ts';
import type { Timeline } from '../../domain/timeline.ts';
import type { AssemblyOptions, SortOrder } from '../../services/assembly/options.ts';
import type { ReadTimelineOptions } from '../../services/inputs/read-timeline.ts';
import { parseCount } from './arguments.ts';
import { sourceRateOf, type TimelineOptions } from './timeline-options.ts';

export type CliOptions = {
  readonly output?: string;
  readonly profile: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly rate?: string;
  readonly preset?: string;
  readonly crf?: number;
  readonly audio: SoundMode;
  readonly startTc?: string;
  readonly sort?: SortOrder;
  readonly range?: string;
  readonly handles: number;
  readonly media?: string;
  readonly sourceRate?: string;
  readonly keepGoing: boolean;
  readonly cacheDir?: string;
  /** False for --no-cache. */
  readonly cache: boolean;
  readonly workers?: number;
  readonly memory: number;
  readonly json: boolean;
  readonly verify: boolean;
  readonly against?: string;
  readonly all: boolean;
  /** demo: a number; bench: a list of them. */
  readonly shots: number | string;
  readonly dir: string;
  readonly olderThan?: number;
};

export type ConvertOptions = CliOptions & TimelineOptions & {
  /** False for --no-pictures. */
  readonly pictures: boolean;
};

/** How another editor's list is read. Throws `usage`. */
export function listOptions({ media, sourceRate, cacheDir }: CliOptions): ReadTimelineOptions {
  return { media: media ?? null, sourceRate: sourceRateOf({ sourceRate }), ...(cacheDir !== undefined && { cacheFolder: cacheDir }) };
}

/** Throws `usage`. */
export function assemblyOptions(options: CliOptions, container: Container, timeline: Timeline): AssemblyOptions {
  return {
    profile: profileRequest(options, container, timeline),
    sort: options.sort ?? null,
    range: options.range === undefined ? null : parseRange(options.range),
    handles: options.handles,
    keepGoing: options.keepGoing,
  };
}

function profileRequest(options: CliOptions, container: Container, timeline: Timeline): ProfileRequest {
  const [name = '', detail] = options.profile.split(':', 2);
  if (!isProfileName(name)) throw usage(`--profile ${options.profile}: there is ${profileNames.join(', ')}`);
  const rate = options.rate === undefined ? null : parseRate(options.rate);
  if (options.rate !== undefined && !rate) throw usage(`--rate ${options.rate}: write 24, 23.976 or 30000/1001`);
  const known = flavours[name];
  if (detail !== undefined && known && !known.includes(detail)) throw usage(`--profile ${options.profile}: the flavours of ${name} are ${known.join(', ')}`);
  const crf = detail === undefined || known ? null : parseCount(detail);
  if (detail !== undefined && !known && (name === 'match' || crf === null)) throw usage(`--profile ${options.profile}: after the colon comes a quality, as in h264:18`);
  const quality = options.crf ?? crf;
  if (quality !== null && quality > 63) throw usage(`quality ${quality}: it goes from 0 to 51 (h264, hevc) or 63 (av1)`);
  return {
    name, container, rate, flavour: known ? detail ?? null : null, size: options.size ?? null,
    preset: options.preset ?? null, crf: quality, sound: options.audio,
    startLabel: options.startTc ?? null, start: timeline.start,
  };
}

/** "100-200", "2s-4.5s", "01:00:10:00-01:00:20:00". */
function parseRange(text: string): NonNullable<AssemblyOptions['range']> {
  const [from, to, ...rest] = text.split('-');
  const range = { in: parsePosition(from ?? ''), out: parsePosition(to ?? '') };
  if (!range.in || !range.out || rest.length > 0) throw usage(`--range ${text}: write IN-OUT, as in 100-200, 2s-4.5s or 01:00:10:00-01:00:20:00`);
  return { in: range.in, out: range.out };
}

function isProfileName(name: string): name is ProfileName {
  return (profileNames as readonly string[]).includes(name);
}

function usage(message: string): StringoutError {
  return new StringoutError('usage', message);
}
