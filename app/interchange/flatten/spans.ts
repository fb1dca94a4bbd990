/** What a timeline shows, as stretches of whole frames: tracks laid one over the other, nested timelines opened. */
import type { BlendStyle, Clip } from '../../domain/timeline.ts';

/** A clip whose own frame 0 stands at frame `first` of the timeline. */
export type PlacedClip = { readonly clip: Clip; readonly first: number };

export type Content =
  | { readonly kind: 'clip'; readonly placed: PlacedClip }
  | { readonly kind: 'black' }
  /** A transition of `of` frames that begins at frame `first`; null is black. */
  | { readonly kind: 'blend'; readonly from: PlacedClip | null; readonly to: PlacedClip | null; readonly style: BlendStyle; readonly first: number; readonly of: number };

/** Frames [start, end); content null lets what lies below be seen. In order, without holes. */
export type Span = { readonly start: number; readonly end: number; readonly content: Content | null };

export function cutSpans(spans: readonly Span[], from: number, to: number): Span[] {
  return spans.flatMap((span) => {
    const start = Math.max(span.start, from);
    const end = Math.min(span.end, to);
    return end > start ? [{ ...span, start, end }] : [];
  });
}

export function shiftSpans(spans: readonly Span[], by: number): Span[] {
  return by === 0 ? [...spans] : spans.map(({ start, end, content }) => ({ start: start + by, end: end + by, content: content && shiftContent(content, by) }));
}

function shiftContent(content: Content, by: number): Content {
  const shift = (placed: PlacedClip): PlacedClip => ({ ...placed, first: placed.first + by });
  switch (content.kind) {
    case 'black': return content;
    case 'clip': return { ...content, placed: shift(content.placed) };
    case 'blend': return { ...content, from: content.from && shift(content.from), to: content.to && shift(content.to), first: content.first + by };
  }
}

/** The upper where it shows something, else the lower; as long as the longer of them. */
export function over(lower: readonly Span[], upper: readonly Span[]): Span[] {
  const edges = [...new Set([...lower, ...upper].flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  const result: Span[] = [];
  let [l, u] = [0, 0];
  edges.slice(0, -1).forEach((start, i) => {
    const end = edges[i + 1] ?? start;
    while ((lower[l]?.end ?? Infinity) <= start) l++;
    while ((upper[u]?.end ?? Infinity) <= start) u++;
    const at = (span: Span | undefined): Content | null => (span && span.start <= start ? span.content : null);
    const content = at(upper[u]) ?? at(lower[l]);
    const last = result.at(-1);
    if (last?.content === content && last.end === start) result[result.length - 1] = { ...last, end };
    else result.push({ start, end, content });
  });
  return result;
}
