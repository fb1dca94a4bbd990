/**
 * Sound that does not follow the picture: clips of several tracks that may overlap, each with a gain. The programme is cut where anything begins or
 * ends; where one clip is heard as it was recorded its bytes are copied, elsewhere what is heard is summed.
 */
import type { Sound, Source } from '../source.ts';
import type { SoundSpan } from './sound-span.ts';

/** A span that is louder or softer than it was recorded. */
export type LayerSpan = SoundSpan & { readonly gain: number };

/** What is heard in [from, to) of the programme: the same spans throughout, cut to it. */
export type Stretch = { readonly from: number; readonly to: number; readonly spans: readonly LayerSpan[] };

/** In order and without holes over [0, length); none longer than `most` samples. */
export function cutStretches(layers: readonly LayerSpan[], length: number, most: number): Stretch[] {
  const edges = new Set([0, length]);
  for (const layer of layers) for (const edge of edgesOf(layer)) if (edge > 0 && edge < length) edges.add(edge);
  const ordered = [...edges].toSorted((a, b) => a - b);
  const stretches: Stretch[] = [];
  let next = 0;
  let active: LayerSpan[] = [];
  const sorted = layers.toSorted((a, b) => a.at - b.at);
  ordered.slice(0, -1).forEach((from, i) => {
    const to = ordered[i + 1] ?? length;
    while (next < sorted.length && (sorted[next]?.at ?? Infinity) <= from) active.push(sorted[next++] as LayerSpan);
    active = active.filter((span) => span.at + span.length > from);
    for (let at = from; at < to; at += most) {
      const end = Math.min(to, at + most);
      stretches.push({ from: at, to: end, spans: active.map((span) => cutSpan(span, at, end)) });
    }
  });
  return stretches;
}

export function cutSpan(span: LayerSpan, from: number, to: number): LayerSpan {
  const skip = Math.max(0, from - span.at);
  const { fade, ...cut } = { ...span, at: span.at + skip, from: span.from + skip, length: Math.min(to, span.at + span.length) - span.at - skip };
  const isFaded = fade && (cut.from < fade.inTo || cut.from + cut.length > fade.outFrom);
  return isFaded ? { ...cut, fade } : cut;
}

/** Where it begins and ends, and where its fades do: between them its bytes may be copied. */
function edgesOf({ at, from, length, fade }: LayerSpan): number[] {
  return [at, at + length, ...(fade ? [at + fade.inTo - from, at + fade.outFrom - from] : [])];
}

/** Whether layers are nothing but the clips' own sound: then the plan copies what it can. */
export function followsPicture(layers: readonly LayerSpan[], own: readonly (SoundSpan | null)[]): boolean {
  const heard = own.filter((span) => span !== null);
  return heard.length === layers.length && layers.every((layer, i) => {
    const span = heard[i];
    return span !== undefined && layer.gain === 0 && !layer.fade && sameSound(layer, span) && layer.at === span.at && layer.length === span.length && layer.from === span.from;
  });
}

function sameSound(a: { readonly source: Source; readonly sound: Sound }, b: { readonly source: Source; readonly sound: Sound }): boolean {
  return a.source === b.source && a.sound === b.sound;
}
