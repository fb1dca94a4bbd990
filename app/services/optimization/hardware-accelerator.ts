/**
 * What encodes a format on this machine, and why. Until encoders of graphics cards are tried, the answer is the software's, and says so: a list of
 * what a library was built with proves nothing.
 */
import { defaultFormat, pictureEncoder } from '../../domain/plan/encoders.ts';
import { usualFormat } from '../../domain/plan/match-profile.ts';
import { defaultRate } from '../../domain/plan/resolve-clip.ts';
import { profileNames, type ProfileName } from '../../domain/profile.ts';

export type OptimalConfig = {
  readonly format: Exclude<ProfileName, 'match'>;
  /** FFmpeg's name of the encoder. */
  readonly codec: string;
  readonly useGPU: boolean;
  /** Worker processes that encode at once. */
  readonly cores: number;
  /** Bytes that all processes together may use. */
  readonly memoryLimit: number;
  /** Frames of one encode job. */
  readonly chunkSize: number;
  /** The choice in words. */
  readonly reason: string;
};

/** Frames of a job: about this many, begun at key frames (app/domain/plan/plan.ts). */
const chunkFrames = 120;

export class HardwareAccelerator {
  readonly #cores: number;
  readonly #memoryLimit: number;

  constructor({ cores, memoryLimit }: { readonly cores: number; readonly memoryLimit: number }) {
    this.#cores = cores;
    this.#memoryLimit = memoryLimit;
  }

  /** Of every profile. */
  get all(): readonly OptimalConfig[] {
    return profileNames.flatMap((name) => (name === 'match' ? [] : [this.getOptimalConfig(name)]));
  }

  getOptimalConfig(format: OptimalConfig['format']): OptimalConfig {
    const { name: codec } = pictureEncoder(defaultFormat(format, null, usualFormat), { preset: null, crf: null, rate: defaultRate, name: format, canReorder: true });
    return {
      format, codec, useGPU: false, cores: this.#cores, memoryLimit: this.#memoryLimit, chunkSize: chunkFrames,
      reason: `in software on ${this.#cores} ${this.#cores === 1 ? 'core' : 'cores'}: encoders of graphics cards are not used yet`,
    };
  }
}
