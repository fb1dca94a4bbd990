/** What lies inside a `clip`: usually one video or sound of one file, else a storyline of its own. */
import { attributeOf, elementsOf, type XmlElement } from '../xml/element.ts';
import { add, parseSeconds, subtract, zero, type Seconds } from './seconds.ts';

/** Elements that show something for a time. */
export const anchorNames = ['asset-clip', 'clip', 'video', 'audio', 'title', 'ref-clip', 'sync-clip', 'mc-clip', 'audition', 'spine', 'live-drawing'];
/** Without a lane these are what a `clip` or `sync-clip` consists of. */
export const contentNames = [...anchorNames, 'gap'];

export type Content = {
  readonly element: XmlElement;
  readonly ref: string | null;
  /** Of the clip's own time, at which its `start` is seen; null where the file does not say: the media's first frame. */
  readonly offset: Seconds;
  readonly start: Seconds | null;
  readonly isSound: boolean;
};

/** Null where it is not the one video or sound of a `clip`. */
export function contentOf(clip: XmlElement): Content | null {
  const [only, ...others] = clip.name === 'clip' ? storyOf(clip) : [];
  if (!only || others.length > 0) return null;
  const offset = parseSeconds(attributeOf(only, 'offset')) ?? zero;
  const inner = elementsOf(only).filter((child) => contentNames.includes(child.name));
  if (only.name === 'video' || only.name === 'audio') {
    if (!inner.every(isPlain)) return null;
    return { element: only, ref: attributeOf(only, 'ref'), offset, start: parseSeconds(attributeOf(only, 'start')), isSound: only.name === 'audio' };
  }
  // The sound alone of a file: connected to a gap that stands for its picture.
  const sound = inner[0];
  if (only.name !== 'gap' || inner.length !== 1 || sound?.name !== 'audio' || !isPlain(sound)) return null;
  const gapStart = parseSeconds(attributeOf(only, 'start')) ?? zero;
  const soundOffset = parseSeconds(attributeOf(sound, 'offset')) ?? gapStart;
  return { element: only, ref: attributeOf(sound, 'ref'), offset: add(offset, subtract(soundOffset, gapStart)), start: parseSeconds(attributeOf(sound, 'start')), isSound: true };
}

/** The children that are shown one after another. */
export function storyOf(item: XmlElement): XmlElement[] {
  return elementsOf(item).filter((child) => contentNames.includes(child.name) && attributeOf(child, 'lane') === null);
}

/** A video or sound with nothing but its like in it. */
function isPlain(item: XmlElement): boolean {
  return (item.name === 'video' || item.name === 'audio') && elementsOf(item).filter((child) => contentNames.includes(child.name)).every(isPlain);
}
