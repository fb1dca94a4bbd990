import { describe, expect, it } from 'vitest';
import { childOf, elementsOf, fromJson, mapElements, textOf, toJson } from './element.ts';
import { parseXml } from './parse.ts';
import { writeXml } from './write.ts';

const place = (line: number) => expect.objectContaining({ code: 'list.invalid', place: { file: 'a.xml', line } });

describe('XML of timelines', () => {
  it('keeps order, attributes, text and the line of each element', () => {
    const root = parseXml('\uFEFF<?xml version="1.0"?>\n<!DOCTYPE xmeml>\n<xmeml version="5">\n <a x="1" b="&lt;2&#10;"/>\n <b> t &amp; <![CDATA[<u>]]></b>\n <a/><!-- c --></xmeml>', 'a.xml');
    expect(elementsOf(root).map((item) => [item.name, item.line])).toEqual([['a', 4], ['b', 5], ['a', 6]]);
    expect(Object.entries(childOf(root, 'a')!.attributes)).toEqual([['x', '1'], ['b', '<2\n']]);
    expect(textOf(childOf(root, 'b'))).toBe('t & <u>');
    expect(root.children.at(-1)).toEqual({ comment: ' c ' });
  });

  it('gives back what it read, through JSON too', () => {
    const text = '<r><t a="&quot;&amp;&#9;&#13;"> two  <b>bold</b>\n&lt;lines&gt; </t><e/><s> </s><!--x--></r>';
    const root = parseXml(text, 'a.xml');
    const again = parseXml(writeXml(fromJson(JSON.parse(JSON.stringify(toJson(root))))!), 'a.xml');
    expect(toJson(again)).toEqual(toJson(root));
  });

  it('writes no text that XML cannot hold, and no element whose name would break the file', () => {
    expect(writeXml({ name: 'r', attributes: {}, children: ['a\u0000\uD800b', { comment: 'a--b-' }], line: null })).toContain('<r>a\uFFFD\uFFFDb<!--a- -b- --></r>');
    expect(fromJson({ name: 'a><b' })).toBeNull();
    expect(fromJson({ name: 'a', attributes: { 'x y': '1', ok: '2' } })?.attributes).toEqual({ ok: '2' });
  });

  it('refuses entities and document types of its own, and expands nothing', () => {
    const bomb = '<!DOCTYPE r [\n<!ENTITY a "aaaa">\n]>\n<r>&a;</r>';
    expect(() => parseXml(bomb, 'a.xml')).toThrow(place(3));
    expect(() => parseXml('<r>\n&file;</r>', 'a.xml')).toThrow(place(2));
    expect(parseXml('<!DOCTYPE fcpxml><r/>', 'a.xml').name).toBe('r');
  });

  it('says where a broken or endlessly nested file breaks', () => {
    expect(() => parseXml('<a>\n<b>\n</a>', 'a.xml')).toThrow(place(3));
    expect(() => parseXml('', 'a.xml')).toThrow(expect.objectContaining({ code: 'list.invalid' }));
    expect(() => parseXml('<a>'.repeat(201), 'a.xml')).toThrow(/200 deep/);
  });

  it('takes elements out of a tree and replaces them', () => {
    const root = parseXml('<r><a><b/></a><c/></r>', 'a.xml');
    expect(toJson(mapElements(root, (item) => (item.name === 'b' ? null : item.name === 'c' ? { ...item, name: 'd' } : item))!)).toEqual({ name: 'r', children: [{ name: 'a' }, { name: 'd' }] });
  });
});
