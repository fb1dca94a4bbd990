/** An ordered XML tree: what timeline files are read from and written as. Its JSON form goes into `metadata`, for what is not understood. */
import { asArray, asObject, asString, type JsonObject } from '../json.ts';

export type XmlElement = {
  readonly name: string;
  /** In the order of the file. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Of its start tag's end, 1-based; null for one that was made. */
  readonly line: number | null;
};
/** A text is a string. */
export type XmlNode = XmlElement | string | { readonly comment: string };

export type Attributes = { readonly [name: string]: string | null | undefined };

/** A new element; attributes that are null or undefined, and children that are null, are left out. */
export function element(name: string, attributes: Attributes = {}, children: readonly (XmlNode | null)[] = []): XmlElement {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { name, attributes: Object.fromEntries(given), children: children.filter((child) => child !== null), line: null };
}

/** An element that holds a text and nothing else. */
export function textElement(name: string, text: string | number): XmlElement {
  return element(name, {}, text === '' ? [] : [String(text)]);
}

export function isElement(node: XmlNode): node is XmlElement {
  return typeof node === 'object' && 'name' in node;
}

export function elementsOf(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(isElement).filter((child) => name === undefined || child.name === name);
}

/** The first child of that name, or of that path from child to child. */
export function childOf(parent: XmlElement | null, ...path: string[]): XmlElement | null {
  return path.reduce<XmlElement | null>((from, name) => from?.children.find((node): node is XmlElement => isElement(node) && node.name === name) ?? null, parent);
}

export function attributeOf(item: XmlElement, name: string): string | null {
  return Object.hasOwn(item.attributes, name) ? (item.attributes[name] ?? null) : null;
}

/** Its own text, trimmed. */
export function textOf(item: XmlElement | null): string {
  return item === null ? '' : item.children.filter((node) => typeof node === 'string').join('').trim();
}

/** The text at a path; null where there is none or it is empty. */
export function textAt(parent: XmlElement | null, ...path: string[]): string | null {
  return textOf(childOf(parent, ...path)) || null;
}

/** Itself and everything below it, in the order of the file. */
export function* descendants(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of root.children) if (isElement(child)) yield* descendants(child);
}

/** The same tree with each element replaced, from the leaves up; null takes one out. */
export function mapElements(root: XmlElement, replace: (item: XmlElement) => XmlElement | null): XmlElement | null {
  const children = root.children.map((child) => (isElement(child) ? mapElements(child, replace) : child)).filter((child) => child !== null);
  return replace({ ...root, children });
}

/** `{ name, attributes, children }` without lines; empty parts are left out. */
export function toJson(node: XmlNode): JsonObject | string {
  if (!isElement(node)) return node;
  return {
    name: node.name,
    ...(Object.keys(node.attributes).length > 0 ? { attributes: { ...node.attributes } } : {}),
    ...(node.children.length > 0 ? { children: node.children.map(toJson) } : {}),
  };
}

const xmlName = /^[\p{L}_:][\p{L}\p{N}_:.-]*$/u;
const deepest = 256;

/** Null for what is no element of `toJson`: metadata may come from anywhere. */
export function fromJson(value: unknown, depth = 0): XmlElement | null {
  const object = asObject(value);
  const name = asString(object?.['name']);
  if (!object || name === null || !xmlName.test(name) || depth > deepest) return null;
  const attributes = Object.entries(asObject(object['attributes']) ?? {})
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && xmlName.test(entry[0]));
  const children = asArray(object['children']).map((child): XmlNode | null => {
    const comment = asString(asObject(child)?.['comment']);
    return typeof child === 'string' ? child : comment === null ? fromJson(child, depth + 1) : { comment };
  });
  return { name, attributes: Object.fromEntries(attributes), children: children.filter((child) => child !== null), line: null };
}

/** The elements of a list of `toJson`. */
export function elementsFromJson(value: unknown): XmlElement[] {
  return asArray(value).map((item) => fromJson(item)).filter((item) => item !== null);
}
