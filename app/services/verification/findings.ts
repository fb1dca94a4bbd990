/** All that was found, put together: seams, warnings, the verdict. */
import type { VerifyFramesResult, VerifySoundResult, VerifySurveyResult } from '../../contract/jobs/movie-verify.ts';
import type { Plan, PlannedClip } from '../../domain/plan/planned-clip.ts';
import type { SoundPlan } from '../../domain/plan/sound-plan.ts';
import type { Seam, Verification } from '../../domain/verification.ts';
import { failingPsnr } from './failing-psnr.ts';
import type { FrameShard } from './frame-shards.ts';
import type { SoundShard, SoundWindow } from './sound-windows.ts';
import type { FrameOrder } from './survey-findings.ts';

type SoundVerdict = VerifySoundResult['windows'][number];

/** Sentences told; a wrong movie may have thousands. */
const mostTold = 40;

export class Findings {
  readonly #plan: Plan | null;
  readonly #sound: SoundPlan | null;
  readonly #picture: NonNullable<VerifySurveyResult['picture']>;
  readonly #order: FrameOrder;
  readonly #faults: string[] = [];
  readonly #said = new Set<string>();
  readonly #hashes = new Map<number, string>();
  readonly #badFrames = new Set<number>();
  /** Greatest shift beside the seam before (by clip) and after a clip, and clips whose sound there is not the expected one. */
  readonly #offsets = { first: new Map<PlannedClip, number>(), last: new Map<PlannedClip, number>() };
  readonly #badSound = { first: new Set<PlannedClip>(), last: new Set<PlannedClip>() };
  #softFrames = 0;
  #softest: { readonly decibels: number; readonly frame: number } | null = null;
  /** The last frame before and the first after each seam. */
  readonly seamFrames: ReadonlySet<number>;

  constructor(plan: Plan | null, sound: SoundPlan | null, picture: NonNullable<VerifySurveyResult['picture']>, order: FrameOrder) {
    this.#plan = plan;
    this.#sound = sound;
    this.#picture = picture;
    this.#order = order;
    this.seamFrames = new Set(plan?.clips.slice(1).flatMap((clip) => [clip.firstFrame - 1, clip.firstFrame]));
    if (order.count !== this.#expected) this.fail(`the movie has ${order.count} frames, not ${this.#expected}`);
  }

  fail(...faults: readonly string[]): void {
    this.#faults.push(...faults);
  }

  /** FFmpeg's own words; any of them is a fault. */
  say(messages: readonly string[]): void {
    for (const message of messages) this.#said.add(message);
  }

  addFrames({ pieces }: FrameShard, result: VerifyFramesResult): void {
    this.say(result.messages);
    for (const { frame, hash } of result.hashes) this.#hashes.set(frame, hash);
    result.pieces.forEach(({ missing, wrong, firstBad, lowest }, i) => {
      const piece = pieces[i];
      const name = piece?.clip ? `clip ${piece.clip.index} (${piece.clip.name})` : 'the movie';
      if (missing > 0) this.fail(`${name}: ${missing} frames do not come out of the decoder, the first is frame ${firstBad}`);
      if (wrong > 0) this.fail(`${name}: ${wrong} frames are not the expected ones, the first is frame ${firstBad}`);
      if (firstBad !== null) this.#badFrames.add(firstBad);
      if (!lowest || !this.#plan) return;
      if (lowest.decibels < failingPsnr(this.#plan.profile)) {
        this.fail(`${name}: frame ${lowest.frame} is not like its source (PSNR ${lowest.decibels.toFixed(1)} dB)`);
        this.#badFrames.add(lowest.frame);
      }
      this.#softFrames += lowest.below;
      if (lowest.below > 0 && lowest.decibels < (this.#softest?.decibels ?? Infinity)) this.#softest = lowest;
    });
  }

  addSound({ windows }: SoundShard, result: VerifySoundResult): void {
    this.say(result.messages);
    result.windows.forEach((verdict, i) => {
      const window = windows[i];
      if (window) this.#addWindow(window, verdict);
    });
  }

  *seams(): Generator<Seam> {
    const clips = this.#plan?.clips ?? [];
    for (const [index, clip] of clips.slice(1).entries()) {
      const before = clips[index];
      const frame = clip.firstFrame;
      if (!before) continue;
      const [lastHash, firstHash] = [this.#hashes.get(frame - 1), this.#hashes.get(frame)];
      const offsets = [this.#offsets.last.get(before) ?? 0, this.#offsets.first.get(clip) ?? 0];
      const isSoundRight = !this.#badSound.last.has(before) && !this.#badSound.first.has(clip);
      const isPictureRight = lastHash !== undefined && firstHash !== undefined && !this.#badFrames.has(frame - 1) && !this.#badFrames.has(frame);
      yield {
        index, frame, pts: this.#picture.pts[this.#order.packetOf[frame] ?? -1] ?? -1,
        audioOffsetSamples: offsets.reduce((most, offset) => (Math.abs(offset) > Math.abs(most) ? offset : most)),
        lastHash: lastHash ?? '', firstHash: firstHash ?? '', ok: isPictureRight && isSoundRight,
      };
    }
  }

  verification(): Verification {
    const faults = [...this.#faults, ...[...this.#said].map((message) => `FFmpeg: ${message}`)];
    const soft = this.#softest && `${this.#softFrames} encoded frames lie below 38 dB, the lowest is frame ${this.#softest.frame} with ${this.#softest.decibels.toFixed(1)} dB`;
    const told = faults.length > mostTold ? [...faults.slice(0, mostTold), `and ${faults.length - mostTold} more faults`] : faults;
    return { frames: this.#order.count, expected: this.#expected, warnings: soft === null ? told : [...told, soft], ok: faults.length === 0 };
  }

  get #expected(): number {
    return this.#plan?.frames ?? this.#picture.promised ?? this.#order.count;
  }

  #addWindow({ clip, isFirst, isLast, at }: SoundWindow, { offset, isRight }: SoundVerdict): void {
    const allowed = this.#sound?.maxOffsetSamples ?? 0;
    const shift = offset ?? 0;
    const isBad = !isRight || Math.abs(shift) > allowed;
    for (const [side, isThere] of [['first', isFirst], ['last', isLast]] as const) {
      if (!isThere) continue;
      this.#offsets[side].set(clip, shift);
      if (isBad) this.#badSound[side].add(clip);
    }
    if (!isBad) return;
    const what = !isRight && shift === 0 ? 'is not its source\'s' : `lies ${Math.abs(shift)} samples too ${shift > 0 ? 'late' : 'early'}`;
    this.fail(`clip ${clip.index} (${clip.name}): the sound at sample ${at} ${what}`);
  }
}
