/** From the plan and the segments made for it to the movie's byte runs. Nothing is read or written here. */
import type { PictureSegment } from '../../contract/jobs/picture-encode.ts';
import type { SoundSegment } from '../../contract/jobs/sound-render.ts';
import type { Movie, MoviePicture, MovieSound, PictureRun, SoundRun } from '../../domain/movie.ts';
import type { Plan, PlannedClip } from '../../domain/plan/planned-clip.ts';
import { aacFrame, type SoundAction, type SoundPlan } from '../../domain/plan/sound-plan.ts';
import type { Picture, Sound, Source } from '../../domain/source.ts';

export type Segments = {
  readonly picture: ReadonlyMap<string, PictureSegment>;
  readonly sound: ReadonlyMap<string, SoundSegment>;
  /** A segment of silence: one second of PCM, or a few AAC packets. Null where the movie has no silence. */
  readonly silence: SoundSegment | null;
};

export function movieFromPlan(plan: Plan, sound: SoundPlan | null, segments: Segments): Movie {
  const files = new FileTable();
  const { profile } = plan;
  return {
    container: profile.container,
    picture: profile.container === 'wav' ? null : moviePicture(plan, segments, files),
    sound: sound ? movieSound(sound, segments, files) : null,
    timecode: { ...profile.start, rate: profile.rate, reel: commonReel(plan.clips) },
    files: files.paths,
  };
}

/** Every file once, by number. */
class FileTable {
  readonly paths: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(path: string): number {
    const known = this.#numbers.get(path);
    if (known !== undefined) return known;
    this.#numbers.set(path, this.paths.length);
    return this.paths.push(path) - 1;
  }

  /** File numbers of elements of a table: one number where all lie in one file. */
  column(source: Source, file: Uint32Array | null, picks: Uint32Array): Uint32Array | number {
    if (!file) return this.number(source.files[0] ?? source.path);
    return picks.map((pick) => this.number(source.files[file[pick] ?? 0] ?? source.path));
  }
}

function moviePicture(plan: Plan, segments: Segments, files: FileTable): MoviePicture {
  const configs: Uint8Array[] = [];
  const configNumbers = new Map<string, number>();
  const configNumber = (config: Uint8Array): number => {
    const key = Buffer.from(config.buffer, config.byteOffset, config.byteLength).toString('latin1');
    const known = configNumbers.get(key);
    if (known !== undefined) return known;
    configNumbers.set(key, configs.length);
    return configs.push(config) - 1;
  };
  // Copied sources first: the first configuration keeps its ids, and with them its bytes.
  let sampleEntry: Uint8Array = new Uint8Array(0);
  for (const clip of plan.clips) {
    if (!clip.source?.picture || !clip.actions.some((action) => action.kind === 'copy')) continue;
    configNumber(clip.source.picture.config);
    if (sampleEntry.length === 0) sampleEntry = clip.source.picture.sampleEntry;
  }
  const runs = plan.clips.flatMap((clip) => clip.actions.map((action): PictureRun => {
    if (action.kind === 'copy') {
      const { source } = clip;
      if (!source?.picture) throw new Error(`clip ${clip.index} copies without a picture`);
      return copiedRun(source, source.picture, action.samples, action.craToBla, configNumber(source.picture.config), files);
    }
    const segment = segments.picture.get(action.key);
    if (!segment) throw new Error(`segment ${action.key} is missing`);
    return segmentRun(segment, configNumber(segment.config), files);
  }));
  return { format: plan.profile.picture, rate: plan.profile.rate, sampleEntry, configs, runs };
}

function copiedRun(source: Source, picture: Picture, picks: Uint32Array, craToBla: boolean, config: number, files: FileTable): PictureRun {
  const { samples } = picture;
  let lowest = Infinity;
  for (const pick of picks) lowest = Math.min(lowest, samples.rank[pick] ?? 0);
  const offset = new Float64Array(picks.length);
  const size = new Uint32Array(picks.length);
  const display = new Uint32Array(picks.length);
  const flags = new Uint8Array(picks.length);
  for (let i = 0; i < picks.length; i++) {
    const pick = picks[i] ?? 0;
    offset[i] = samples.offset[pick] ?? 0;
    size[i] = samples.size[pick] ?? 0;
    display[i] = (samples.rank[pick] ?? 0) - lowest;
    flags[i] = samples.flags[pick] ?? 0;
  }
  return { config, file: files.column(source, samples.file, picks), offset, size, display, flags, craToBla };
}

function segmentRun(segment: PictureSegment, config: number, files: FileTable): PictureRun {
  const offset = runningOffsets(segment.offset, segment.size);
  return { config, file: files.number(segment.path), offset, size: segment.size, display: segment.display, flags: segment.flags, craToBla: false };
}

function runningOffsets(start: number, size: Uint32Array): Float64Array {
  const offset = new Float64Array(size.length);
  let at = start;
  for (let i = 0; i < size.length; i++) {
    offset[i] = at;
    at += size[i] ?? 0;
  }
  return offset;
}

function movieSound(plan: SoundPlan, segments: Segments, files: FileTable): MovieSound {
  const isAac = plan.profile.format.codec === 'aac';
  let config: Uint8Array = new Uint8Array(0);
  let at = isAac ? -plan.priming : 0;
  const runs = plan.actions.map((action): SoundRun => {
    const start = Math.max(0, at);
    at += actionSamples(action, isAac);
    const run = isAac ? aacRun(action, segments, files) : pcmRun(action, segments, files, plan);
    if (isAac && config.length === 0) config = aacConfig(action, segments) ?? config;
    return { start, ...run };
  });
  if (isAac && config.length === 0 && segments.silence) config = segments.silence.config;
  return { format: plan.profile.format, config, priming: plan.priming, length: plan.length, runs };
}

function actionSamples(action: SoundAction, isAac: boolean): number {
  const length = action.kind === 'render' ? action.to - action.from : action.length;
  return isAac ? length * aacFrame : length;
}

type RunBytes = Omit<SoundRun, 'start'>;

function aacRun(action: SoundAction, segments: Segments, files: FileTable): RunBytes {
  switch (action.kind) {
    case 'copy': return sliceRun(action.source, action.sound, action.from, action.from + action.length, files);
    case 'render': {
      const segment = soundSegment(segments, action.key);
      return { file: files.number(segment.path), offset: runningOffsets(segment.offset, segment.size), size: segment.size };
    }
    case 'silence': {
      // The third packet of the silent segment: the first ones hold the encoder's start.
      const segment = silentSegment(segments);
      const offsets = runningOffsets(segment.offset, segment.size);
      return {
        file: files.number(segment.path),
        offset: new Float64Array(action.length).fill(offsets[2] ?? 0),
        size: new Uint32Array(action.length).fill(segment.size[2] ?? 0),
      };
    }
  }
}

function sliceRun(source: Source, sound: Sound, from: number, to: number, files: FileTable): RunBytes {
  const picks = Uint32Array.from({ length: to - from }, (_, i) => from + i);
  return { file: files.column(source, sound.packets.file, picks), offset: sound.packets.offset.slice(from, to), size: sound.packets.size.slice(from, to) };
}

function pcmRun(action: SoundAction, segments: Segments, files: FileTable, plan: SoundPlan): RunBytes {
  const bytesPerFrame = (plan.profile.format.bits / 8) * plan.profile.format.channels;
  switch (action.kind) {
    case 'copy': return pcmStretches(action.source, action.sound, action.from, action.length, files);
    case 'render': {
      const segment = soundSegment(segments, action.key);
      return { file: files.number(segment.path), offset: runningOffsets(segment.offset, segment.size), size: segment.size };
    }
    case 'silence': {
      const segment = silentSegment(segments);
      const most = segment.size[0] ?? 0;
      const total = action.length * bytesPerFrame;
      const count = Math.ceil(total / most);
      const size = new Uint32Array(count).fill(most);
      if (count > 0) size[count - 1] = total - most * (count - 1);
      return { file: files.number(segment.path), offset: new Float64Array(count).fill(segment.offset), size };
    }
  }
}

/** `length` sample frames from `from`, as stretches of the file. */
function pcmStretches(source: Source, sound: Sound, from: number, length: number, files: FileTable): RunBytes {
  const { packets } = sound;
  const picks: number[] = [];
  const offset: number[] = [];
  const size: number[] = [];
  for (let i = 0; i < packets.count; i++) {
    const start = packets.position[i] ?? 0;
    const samples = (packets.position[i + 1] ?? start) - start;
    const first = Math.max(start, from);
    const end = Math.min(start + samples, from + length);
    if (end <= first) continue;
    const bytesPerFrame = (packets.size[i] ?? 0) / samples;
    picks.push(i);
    offset.push((packets.offset[i] ?? 0) + (first - start) * bytesPerFrame);
    size.push((end - first) * bytesPerFrame);
  }
  return { file: files.column(source, packets.file, Uint32Array.from(picks)), offset: Float64Array.from(offset), size: Uint32Array.from(size) };
}

function aacConfig(action: SoundAction, segments: Segments): Uint8Array | null {
  if (action.kind === 'copy') return action.sound.config;
  return action.kind === 'render' ? soundSegment(segments, action.key).config : null;
}

function soundSegment(segments: Segments, key: string): SoundSegment {
  const segment = segments.sound.get(key);
  if (!segment) throw new Error(`sound segment ${key} is missing`);
  return segment;
}

function silentSegment(segments: Segments): SoundSegment {
  if (!segments.silence) throw new Error('the segment of silence is missing');
  return segments.silence;
}

/** The reel, where all clips agree on one. */
function commonReel(clips: readonly PlannedClip[]): string {
  const reels = new Set(clips.map((clip) => clip.clip?.reel ?? clip.source?.reel ?? ''));
  return reels.size === 1 ? ([...reels][0] ?? '') : '';
}
