/** The order in which Final Cut's document type wants the children of a clip: it refuses a file that keeps another. */
import { attributeOf, isElement, type XmlElement, type XmlNode } from '../xml/element.ts';
import { anchorNames, contentNames } from './content.ts';

const early = ['param', 'text', 'text-style-def', 'note', 'conform-rate', 'timeMap'];
const markers = ['marker', 'chapter-marker', 'rating', 'keyword', 'analysis-marker', 'hidden-clip-marker'];
const sources = ['audio-channel-source', 'audio-role-source', 'sync-source'];
const late = ['filter-video', 'filter-video-mask', 'filter-audio', 'metadata', 'reserved'];

/** Equals stay as they are. */
export function inOrder(children: readonly XmlNode[]): XmlNode[] {
  return children.toSorted((a, b) => rank(a) - rank(b));
}

function rank(node: XmlNode): number {
  if (!isElement(node)) return 0;
  const { name } = node;
  if (early.includes(name)) return early.indexOf(name);
  if (name === 'adjust-volume') return 21;
  if (name === 'adjust-panner') return 22;
  if (name.startsWith('adjust-') || name === 'object-tracker') return 20;
  if (name === 'mc-source') return 23;
  if (isConnected(node)) return 31;
  if (contentNames.includes(name)) return 30;
  if (markers.includes(name)) return 40;
  if (sources.includes(name)) return 41;
  return late.includes(name) ? 50 + late.indexOf(name) : 45;
}

function isConnected(item: XmlElement): boolean {
  return (anchorNames.includes(item.name) || item.name === 'caption') && attributeOf(item, 'lane') !== null;
}
