/**
 * Small H.264 copies of shots for viewing, frame for frame the same, kept under the source's fingerprint so that every project has them.
 * Made by the engine itself: a proxy is an assembly of one shot.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Shot } from '../../domain/project/project.ts';
import { rational, rationalToNumber } from '../../domain/rational.ts';
import type { Source } from '../../domain/source.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { assemble } from '../assembly/assemble.ts';
import type { AssemblyOptions } from '../assembly/options.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { ProgressMeter } from '../assembly/progress-meter.ts';
import type { JobWork } from './job-list.ts';
import type { SourceLibrary } from './source-library.ts';

const suffix = '.proxy.mp4';
const mostWidth = 960;
const mostHeight = 540;

export class Proxies {
  readonly #folder: string;
  readonly #ready: Set<string>;

  /** `folder` exists. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#ready = new Set(readdirSync(folder).filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length)));
  }

  /** Null: not made yet, or deleted since. */
  pathOf(fingerprint: string): string | null {
    if (!this.#ready.has(fingerprint)) return null;
    const path = join(this.#folder, `${fingerprint}${suffix}`);
    if (existsSync(path)) return path;
    this.#ready.delete(fingerprint);
    return null;
  }

  /** One shot after the other; one that fails is named and the rest go on. */
  make(shots: readonly Shot[], library: SourceLibrary, host: AssemblyHost): JobWork {
    return async ({ signal, tell }) => {
      const warnings: string[] = [];
      let made = 0;
      for (const [index, shot] of shots.entries()) {
        signal.throwIfAborted();
        tell({ phase: shot.name, progress: index / shots.length, throughput: `${index} of ${shots.length} shots` });
        try {
          const source = await library.get(shot.path, shot.media?.rate ?? rational(24), signal);
          if (!source.picture || source.picture.isStill || this.pathOf(source.fingerprint) !== null) continue;
          await this.#makeOne(source, host, signal);
          made++;
        } catch (error) {
          signal.throwIfAborted();
          warnings.push(`${shot.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      return { lines: [`${made} ${made === 1 ? 'proxy' : 'proxies'} made`], warnings };
    };
  }

  async #makeOne(source: Source, host: AssemblyHost, signal: AbortSignal): Promise<void> {
    const { picture } = source;
    if (!picture) return;
    const timeline: Timeline = {
      name: source.path, rate: picture.rate, start: null, warnings: [], origin: source.path,
      items: [{ kind: 'clip', name: source.path, media: source.path, range: null, line: null, reel: null, scene: null, take: null, note: null }],
    };
    const options: AssemblyOptions = {
      profile: {
        name: 'h264', flavour: null, container: 'mp4', size: proxySize(source), rate: picture.rate, preset: 'ultrafast', crf: 23, sound: source.sound ? 'exact' : 'none',
        startLabel: null, start: source.timecode,
      },
      sort: null, range: null, handles: 0, keepGoing: false,
    };
    const meter = new ProgressMeter(() => undefined);
    await assemble(timeline, join(this.#folder, `${source.fingerprint}${suffix}`), options, host, { signal, meter, startSeconds: 0, uptime: () => performance.now() / 1000 });
    this.#ready.add(source.fingerprint);
  }
}

/** As shown, within the proxy's bounds, even numbers. */
function proxySize({ picture }: Source): { readonly width: number; readonly height: number } | null {
  if (!picture) return null;
  const { format } = picture;
  const isTurned = format.rotation === 90 || format.rotation === 270;
  const shownWidth = Math.round(format.width * rationalToNumber(format.sar));
  const width = isTurned ? format.height : shownWidth;
  const height = isTurned ? shownWidth : format.height;
  const scale = Math.min(1, mostWidth / width, mostHeight / height);
  const even = (value: number): number => Math.max(16, 2 * Math.round((value * scale) / 2));
  return { width: even(width), height: even(height) };
}
