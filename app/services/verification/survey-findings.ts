/** What the list of a movie's packets alone shows: frames, timestamps, length of the sound. Pure. */
import type { VerifySurveyResult } from '../../contract/jobs/movie-verify.ts';
import type { SoundPlan } from '../../domain/plan/sound-plan.ts';
import { formatRational, scaleRound, type Rational } from '../../domain/rational.ts';

type SurveyedPicture = NonNullable<VerifySurveyResult['picture']>;

/** Packets of the picture in order of display. */
export type FrameOrder = {
  readonly count: number;
  /** Frame that each packet shows, and packet that shows each frame. */
  readonly frameOf: Uint32Array;
  readonly packetOf: Uint32Array;
};

export function frameOrder({ pts }: Pick<SurveyedPicture, 'pts'>): FrameOrder {
  const packetOf = Uint32Array.from(pts.keys()).toSorted((a, b) => (pts[a] ?? 0) - (pts[b] ?? 0) || a - b);
  const frameOf = new Uint32Array(pts.length);
  packetOf.forEach((packet, frame) => { frameOf[packet] = frame; });
  return { count: pts.length, frameOf, packetOf };
}

/** Sentences about timestamps that are not those of a movie of constant rate that begins at 0; `rate` in frames a second, null: unknown. */
export function timestampFaults(picture: SurveyedPicture, { packetOf }: FrameOrder, rate: Rational | null): string[] {
  const { pts, timeBase } = picture;
  if (pts.some(Number.isNaN)) return ['some frames have no timestamp'];
  const first = pts[packetOf[0] ?? 0] ?? 0;
  const faults = first === 0 ? [] : [`the picture begins at ${first} x ${formatRational(timeBase)} s, not at 0`];
  if (!rate) return faults;
  // Ticks of a frame may be no whole number (milliseconds): then both neighbours are right.
  const num = rate.den * timeBase.den;
  const den = rate.num * timeBase.num;
  const isWhole = num % den === 0;
  for (let frame = 0; frame < packetOf.length; frame++) {
    const found = (pts[packetOf[frame] ?? 0] ?? 0) - first;
    const due = scaleRound(frame, num, den);
    if (found === due || (!isWhole && Math.abs(found - (frame * num) / den) < 1)) continue;
    return [...faults, `timestamps are not uniform: frame ${frame} stands at ${found} x ${formatRational(timeBase)} s, ${due} is due`];
  }
  return faults;
}

export function soundFaults(sound: VerifySurveyResult['sound'], plan: SoundPlan | null): string[] {
  if (!plan) return sound ? ['the movie has sound, and its timeline has none'] : [];
  if (!sound) return ['the movie has no sound'];
  const { format } = plan.profile;
  const faults: string[] = [];
  if (sound.codec !== format.codec) faults.push(`the sound is ${sound.codec}, not ${format.codec}`);
  if (sound.sampleRate !== format.sampleRate) faults.push(`the sound has ${sound.sampleRate} samples a second, not ${format.sampleRate}`);
  if (sound.channels !== format.channels) faults.push(`the sound has ${sound.channels} channels, not ${format.channels}`);
  if (faults.length === 0 && sound.length !== plan.length) faults.push(`the sound is ${sound.length} samples long, not ${plan.length}`);
  return faults;
}
