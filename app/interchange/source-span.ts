/** Which frames of its media a clip reads, its speed included. */
import type { DocumentClip, TimeRange } from './document.ts';

/** On the media's clock; null: all of them. */
export function sourceSpan({ range, effects }: DocumentClip): TimeRange | null {
  if (!range) return null;
  let { duration } = range;
  for (const effect of effects) {
    if (effect.kind === 'speed') duration = effect.num === 0 ? Math.min(1, duration) : Math.ceil((duration * Math.abs(effect.num)) / effect.den);
  }
  return { ...range, duration };
}
