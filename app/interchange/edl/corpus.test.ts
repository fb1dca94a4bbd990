import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../decode-text.ts';
import { asArray, asNumber, asObject, parseLenientJson } from '../json.ts';
import { readEdl } from './read-edl.ts';
import { writeEdl } from './write-edl.ts';

const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const facts = new URL('facts.json', corpus);
const lists = existsSync(facts) ? Object.entries(asObject(parseLenientJson(readFileSync(facts, 'utf8'))) ?? {}).filter(([name]) => name.endsWith('.edl')) : [];

/** Lines of the text are no part of what is compared. */
const withoutLines = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));

describe.skipIf(lists.length === 0)('the EDLs of the corpus (skipped where it is absent)', () => {
  it.each(lists)('%s: as many edits as were counted, and the same after writing and reading again', (name, fact) => {
    const read = (text: string): ReturnType<typeof readEdl> => readEdl(text, { path: name, sourceRate: null });
    const { document, events } = read(decodeText(readFileSync(new URL(`timelines/${name}`, corpus))));
    expect(events).toBe(asNumber(asObject(fact)?.['edit_lines']));
    const again = read(writeEdl(document).text);
    expect(withoutLines(again.document)).toEqual(withoutLines(document));
  });

  it('keeps sources of a drop-frame record apart: 580 of 588 edits add up', () => {
    const name = 'edl-genius/12_16 TL01 MUSIC.edl';
    const { document, diagnostics } = readEdl(decodeText(readFileSync(new URL(`timelines/${name}`, corpus))), { path: name, sourceRate: null });
    expect(diagnostics.filter(({ message }) => message.includes('check this edit'))).toHaveLength(8);
    expect(document.start?.dropFrame).toBe(true);
  });

  it('has the lengths that OpenTimelineIO\'s own tests assert', () => {
    const lengths = (name: string): unknown[] => {
      const { document } = readEdl(decodeText(readFileSync(new URL(`timelines/otio-cmx3600/${name}`, corpus))), { path: name, sourceRate: null });
      return asArray(document.tracks[0]?.items).map((item) => {
        const own = asObject(item);
        return own?.['kind'] === 'clip' ? asObject(own['range'])?.['duration'] : own?.['kind'] === 'gap' ? asObject(own['duration'])?.['value'] : asObject(own?.['after'])?.['value'];
      });
    };
    expect(lengths('25fps.edl')).toEqual([161, 200, 86, 49]);
    expect(lengths('dissolve_test.edl')).toEqual([9, 10, 10, 1]);
    expect(lengths('gap_test.edl')).toEqual([24, 16, 24, 38, 24]);
    expect(lengths('transition_duration.edl')[2]).toBe(26);
  });
});
