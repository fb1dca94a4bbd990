/**
 * Reads XML into a tree. Nothing is fetched or expanded beyond XML's five entities: a document type that declares anything is refused,
 * and size, depth and number of elements are bounded, so that a hostile file costs no more than its own length.
 */
import { SaxesParser } from 'saxes';
import { StringoutError } from '../../base/errors.ts';
import type { XmlElement, XmlNode } from './element.ts';

const limits = { characters: 64 * 2 ** 20, depth: 200, elements: 2_000_000 };

type Open = { readonly name: string; readonly attributes: Record<string, string>; readonly children: XmlNode[]; readonly line: number };

/** `path` names the file in errors. Throws `list.invalid` with the line. */
export function parseXml(text: string, path: string): XmlElement {
  if (text.length > limits.characters) throw new StringoutError('list.invalid', `is larger than the ${limits.characters / 2 ** 20} million characters that are read`, { file: path });
  const parser = new SaxesParser();
  const refuse = (message: string): never => {
    throw new StringoutError('list.invalid', message, { file: path, line: parser.line });
  };
  const open: Open[] = [];
  let root: XmlElement | null = null;
  let count = 0;

  parser.on('error', (error) => refuse(`is not well-formed XML: ${error.message.replace(/^\d+:\d+:\s*/, '')}`));
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) refuse('declares a document type of its own, which is not read: remove what stands in [ ] after <!DOCTYPE');
  });
  parser.on('opentag', (tag) => {
    count += 1;
    if (count > limits.elements) refuse(`has more than ${limits.elements} elements`);
    if (open.length >= limits.depth) refuse(`nests elements more than ${limits.depth} deep`);
    open.push({ name: tag.name, attributes: { ...tag.attributes }, children: [], line: parser.line });
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const done: XmlElement = { ...closed, children: withoutLayout(closed.children) };
    const parent = open.at(-1);
    if (parent) parent.children.push(done);
    else root = done;
  });
  const addText = (value: string): void => {
    const children = open.at(-1)?.children;
    const last = children?.at(-1);
    if (children && typeof last === 'string') children[children.length - 1] = last + value;
    else children?.push(value);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', (comment) => {
    open.at(-1)?.children.push({ comment });
  });

  parser.write(text.replace(/^\uFEFF/, '')).close();
  return root ?? refuse('holds no XML element');
}

/** White space between elements, or alone over several lines, is layout. */
function withoutLayout(children: readonly XmlNode[]): XmlNode[] {
  return children.filter((node) => typeof node !== 'string' || /\S/.test(node) || (children.length === 1 && !/[\r\n]/.test(node)));
}
