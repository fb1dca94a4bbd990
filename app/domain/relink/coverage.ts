/** Whether a file holds the frames that a clip wants of it, and if not, what stands in the way. */
import type { ShotMedia } from '../project/project.ts';
import { atRate, formatRational, rationalToNumber, sameRational, type Rational } from '../rational.ts';
import { formatTimecode } from '../timecode.ts';
import type { Coverage, Fit, MediaCandidate, MediaRange, WantedMedia } from './model.ts';

export function coverageOf(wanted: WantedMedia, candidate: MediaCandidate): Coverage {
  const { media, problem } = candidate;
  if (problem !== null) return without('unreadable', `it cannot be read: ${problem}`);
  if (!media) return without('unread', 'it was not looked into');
  const wrongKind = kindProblem(wanted, media);
  if (wrongKind !== null) return without('kind', wrongKind);
  if (media.isStill) return without('covers', 'a still lasts as long as it is asked to');
  if (!wanted.range) return without('covers', 'all of it is wanted');
  const { rate } = wanted.range;
  if (media.picture && isPictureRate(rate) && !sameRational(rate, media.rate)) {
    return without('rate', `rate mismatch: the clip counts at ${formatRational(rate)}, the file has ${formatRational(media.rate)} fps`);
  }
  // Clocks in seconds or samples are counted in the file's frames, and those of sound files in the clip's.
  const clock = media.picture ? media.rate : rate;
  return layClock(counted(wanted.range, clock), wanted, candidate, media, clock);
}

/** Some programs count in seconds or samples: that is no rate of pictures. */
export function isPictureRate(rate: Rational): boolean {
  const perSecond = rationalToNumber(rate);
  return perSecond >= 5 && perSecond <= 300;
}

type Clock = { readonly by: 'timecode' | 'numbers' | 'start'; readonly origin: number };

function layClock(range: MediaRange, wanted: WantedMedia, { first }: MediaCandidate, media: ShotMedia, clock: Rational): Coverage {
  const frames = atRate(media.frames, media.rate, clock);
  const label = media.timecode && atRate(media.timecode.frame, media.rate, clock);
  const began = wanted.available && atRate(wanted.available.start, wanted.available.rate, clock);
  // Old media that had labels are not found again in a file that has others.
  const hadLabels = (began ?? 0) > 0;
  const clocks: Clock[] = [
    ...(label === null ? [] : [{ by: 'timecode', origin: label } as const]),
    ...(first === null ? [] : [{ by: 'numbers', origin: first } as const]),
    ...(hadLabels && label ? [] : [{ by: 'start', origin: began ?? 0 } as const]),
  ];
  const laid = clocks.map((way) => ({ way, head: Math.max(0, way.origin - range.start), tail: Math.max(0, range.start + range.duration - way.origin - frames) }));
  const lacking = (handles: number) => ({ way, head, tail }: (typeof laid)[number]): number => (
    handles === 0 ? head + tail : Math.max(0, way.origin - range.start + handles) + Math.max(0, range.start + range.duration + handles - way.origin - frames)
  );
  const best = laid.toSorted((a, b) => lacking(0)(a) - lacking(0)(b))[0];
  const say = (fit: Fit, text: string): Coverage => ({ fit, by: best?.way.by ?? 'start', origin: best?.way.origin ?? 0, text });
  if (!best) return say('elsewhere', describeLabels(media));
  if (lacking(wanted.handles)(best) === 0) return say('covers', `it covers the clip ${ways[best.way.by]}`);
  if (best.head + best.tail === 0) return say('partial', `partial: it holds the clip, but not ${wanted.handles} frames more on both sides`);
  if (best.head < range.duration && best.tail < range.duration) {
    const ends = [...(best.head > 0 ? [`${best.head} at the head`] : []), ...(best.tail > 0 ? [`${best.tail} at the tail`] : [])];
    return say('partial', `partial: of ${range.duration} frames it lacks ${ends.join(' and ')}`);
  }
  return label === null ? say('noTimecode', 'no timecode: the clip counts in timecode, and the file has none') : say('elsewhere', describeLabels(media));
}

const ways = { timecode: 'by timecode', numbers: 'by the numbers of its files', start: 'from its first frame' } as const;

function describeLabels({ timecode, rate, frames }: ShotMedia): string {
  const label = (frame: number): string => formatTimecode(frame, rate, timecode?.dropFrame);
  return timecode && isPictureRate(rate) ? `other timecode: it runs from ${label(timecode.frame)} to ${label(timecode.frame + frames)}` : 'its frames are others';
}

function kindProblem(wanted: WantedMedia, media: ShotMedia): string | null {
  if (wanted.kind === 'picture' && !media.picture) return 'it has no picture';
  if (wanted.kind === 'sound' && !media.sound) return 'it has no sound';
  const channels = media.sound?.channels ?? 0;
  return wanted.channels === null || wanted.channels === channels ? null : `channel count: the clip's media had ${wanted.channels}, it has ${channels}`;
}

function counted({ start, duration, rate }: MediaRange, clock: Rational): MediaRange {
  const from = atRate(start, rate, clock);
  return { start: from, duration: atRate(start + duration, rate, clock) - from, rate: clock };
}

function without(fit: Fit, text: string): Coverage {
  return { fit, by: null, origin: 0, text };
}
