/** What a reader did not understand, as it lies in `metadata` under the format's name: attributes and child elements. */
import { asArray, asObject, asString, type JsonObject } from '../json.ts';
import { elementsFromJson, isElement, toJson, type XmlElement } from './element.ts';

/** `attributes` and `kept` of an element, without those that are understood; empty parts are left out. */
export function keepRest(item: XmlElement, understood: { readonly attributes?: readonly string[]; readonly children: readonly string[] }): JsonObject {
  const attributes = Object.entries(item.attributes).filter(([name]) => !understood.attributes?.includes(name));
  const kept = item.children.filter((child) => isElement(child) && !understood.children.includes(child.name));
  return compact({ attributes: Object.fromEntries(attributes), kept: kept.map(toJson) });
}

/** Without what is null, undefined, or empty. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => {
    if (value === null || value === undefined) return false;
    const inner = asObject(value);
    return inner ? Object.keys(inner).length > 0 : !Array.isArray(value) || value.length > 0;
  }));
}

/** The part of `metadata` that belongs to a format, read defensively: it may have been through other programs. */
export class Kept {
  readonly json: JsonObject;
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements: readonly XmlElement[];

  constructor(json: unknown) {
    this.json = asObject(json) ?? {};
    const attributes = Object.entries(asObject(this.json['attributes']) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && /^[\w:.-]+$/.test(entry[0]));
    this.attributes = Object.fromEntries(attributes);
    this.elements = elementsFromJson(this.json['kept']);
  }

  text(name: string): string | null {
    return asString(this.json[name]);
  }

  list(name: string): readonly unknown[] {
    return asArray(this.json[name]);
  }

  child(name: string): XmlElement | null {
    return this.elements.find((item) => item.name === name) ?? null;
  }

  /** The elements without those of these names. */
  without(...names: readonly string[]): XmlElement[] {
    return this.elements.filter((item) => !names.includes(item.name));
  }
}
