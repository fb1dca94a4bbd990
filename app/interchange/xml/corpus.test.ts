/** The XML timelines of the corpus against what independent scripts counted in them, and what OpenTimelineIO's own tests assert. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DocumentItem, DocumentTrack, ReadDocument } from '../document.ts';
import { readFcp7 } from '../fcp7/read.ts';
import { writeFcp7 } from '../fcp7/write.ts';
import { readFcpxml } from '../fcpx/read.ts';
import { parseSeconds, toFrames } from '../fcpx/seconds.ts';
import { writeFcpxml } from '../fcpx/write.ts';
import { asObject, asString, parseLenientJson, type JsonObject } from '../json.ts';
import { childOf, descendants, elementsOf, type XmlElement } from './element.ts';
import { parseXml } from './parse.ts';
import { tracksLength } from './place.ts';

const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const facts = new URL('facts.json', corpus);
const all = existsSync(facts) ? Object.entries(asObject(parseLenientJson(readFileSync(facts, 'utf8'))) ?? {}).map(([name, fact]): [string, JsonObject] => [name, asObject(fact) ?? {}]) : [];
const withRoot = (root: string): [string, JsonObject][] => all.filter(([, fact]) => fact['root'] === root);
const textOf = (name: string): string => readFileSync(new URL(`timelines/${name.split('/').map(encodeURIComponent).join('/')}`, corpus), 'utf8');
const sevens = (name: string, text = textOf(name)): ReadDocument => readFcp7(text, { path: name, sourceRate: null });
const tens = (name: string, text = textOf(name)): ReadDocument => readFcpxml(text, { path: name, sourceRate: null });
/** Lines of the text are no part of what is compared. */
const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));
const tally = (names: readonly string[]): Record<string, number> => Object.fromEntries([...new Set(names)].toSorted().map((name) => [name, names.filter((other) => other === name).length]));
const count = (tracks: readonly DocumentTrack[], kinds: readonly DocumentItem['kind'][]): number => tracks.flatMap(({ items }) => items).filter(({ kind }) => kinds.includes(kind)).length;

describe.skipIf(all.length === 0)('FCP7 XML of the corpus (skipped where it is absent)', () => {
  it.each(withRoot('xmeml'))('%s: the counted clips and transitions, and the same after writing and reading again', (name, fact) => {
    const { document } = sevens(name);
    const of = (type: string): DocumentTrack[] => document.tracks.filter((track) => track.type === type);
    expect([count(of('video'), ['clip', 'stack']), count(of('audio'), ['clip', 'stack']), count(document.tracks, ['transition'])]).toEqual([fact['v_clipitems'], fact['a_clipitems'], fact['transitionitems']]);
    expect([document.name, document.rate?.num]).toEqual([fact['seq_name'], Number(fact['timebase'])]);
    expect(document.tracks.flatMap((track) => [track, ...track.items]).filter((item) => item.kind !== 'transition' && !item.isEnabled)).toHaveLength(Number(fact['disabled']));
    const { text, losses } = writeFcp7(document);
    expect(losses).toEqual([]);
    expect(bare(sevens(name, text).document)).toEqual(bare(document));
  });

  it('has the lengths that OpenTimelineIO\'s own tests assert', () => {
    const lengths = sevens('otio-fcp7/premiere_example.xml').document.tracks.map(({ items }) => items.map((item) => {
      if (item.kind === 'transition') return [item.before.value, item.after.value];
      return item.kind === 'gap' ? item.duration.value : item.kind === 'track' ? 0 : item.range?.duration;
    }));
    expect([lengths[1], lengths[3]]).toEqual([[13, 100, 52, 157, 235, [19, 0], 79, 320], [956, 208, [12, 13], 82]]);
  });
});

describe.skipIf(all.length === 0)('FCPXML of the corpus (skipped where it is absent)', () => {
  it.each(withRoot('fcpxml'))('%s: each element of the spine, and the same after writing and reading again', (name, fact) => {
    const root = parseXml(textOf(name), name);
    const sequences = [...descendants(root)].filter((item) => item.name === 'sequence');
    const spine = (sequence: XmlElement | null | undefined): XmlElement[] => elementsOf(childOf(sequence ?? null, 'spine') ?? root, sequence ? undefined : 'none');
    // The scripts counted the file's first sequence, which is that of a compound clip in some.
    if (fact['spine_children'] !== undefined) expect(spine(sequences[0])).toHaveLength(Number(fact['spine_children']));
    const { document } = tens(name);
    const project = [...descendants(root)].find((item) => item.name === 'project');
    if (project) {
      const primary = document.tracks.find(({ metadata }) => asObject(metadata['fcpx'])?.['primary'] === true);
      const found = primary?.items.filter((item) => item.kind !== 'gap').map((item) => (item.kind === 'transition' ? 'transition' : asString(asObject(item.metadata['fcpx'])?.['element']) ?? ''));
      const expected = spine(childOf(project, 'sequence')).filter((item) => item.name !== 'gap').map((item) => (item.name === 'audition' ? elementsOf(item)[0]?.name ?? '' : item.name));
      expect(tally(found ?? [])).toEqual(tally(expected));
    }
    const { text, losses } = writeFcpxml(document);
    expect(losses).toEqual([]);
    expect(bare(tens(name, text).document)).toEqual(bare(document));
  });

  // Made by hand or by scripts, with a duration that nothing in them has.
  const untrue = ['Structure', 'SyncClipRoles', 'sample', 'fcpx_clips', '2997 fps'];
  it.each(withRoot('fcpxml').filter(([name, fact]) => fact['media'] === undefined && !untrue.some((other) => name.endsWith(`${other}.fcpxml`)) && asString(fact['seq_duration']) !== null))('%s: as long as its sequence says', (name, fact) => {
    const { document } = tens(name);
    const rate = document.rate!;
    expect(tracksLength(document.tracks, rate)).toBe(toFrames(parseSeconds(asString(fact['seq_duration']))!, rate));
  });
});
