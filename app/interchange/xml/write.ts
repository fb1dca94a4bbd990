/** Writes a tree as XML, indented; text is kept as it stands. */
import { isElement, type XmlElement, type XmlNode } from './element.ts';

const indent = '  ';

/** A whole document in UTF-8; its type is the root's name alone. */
export function writeXml(root: XmlElement): string {
  const lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>', `<!DOCTYPE ${root.name}>`];
  writeElement(root, '', lines);
  return `${lines.join('\n')}\n`;
}

function writeElement(item: XmlElement, margin: string, lines: string[]): void {
  const tag = startTag(item);
  if (item.children.length === 0) {
    lines.push(`${margin}<${tag}/>`);
  } else if (item.children.some((child) => typeof child === 'string')) {
    // Space added beside a text would become part of it.
    lines.push(`${margin}<${tag}>${item.children.map(inline).join('')}</${item.name}>`);
  } else {
    lines.push(`${margin}<${tag}>`);
    for (const child of item.children) {
      if (isElement(child)) writeElement(child, margin + indent, lines);
      else lines.push(margin + indent + inline(child));
    }
    lines.push(`${margin}</${item.name}>`);
  }
}

function inline(node: XmlNode): string {
  if (typeof node === 'string') return escapeText(node);
  // A comment may hold no two hyphens, nor end with one.
  if (!isElement(node)) return `<!--${legal(node.comment).replaceAll(/-(?=-|$)/g, '- ')}-->`;
  const tag = startTag(node);
  return node.children.length === 0 ? `<${tag}/>` : `<${tag}>${node.children.map(inline).join('')}</${node.name}>`;
}

function startTag(item: XmlElement): string {
  return [item.name, ...Object.entries(item.attributes).map(([name, value]) => `${name}="${escapeAttribute(value)}"`)].join(' ');
}

function escapeText(text: string): string {
  return legal(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** What XML 1.0 cannot hold at all (control characters, lone surrogates) becomes U+FFFD. */
function legal(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
}
