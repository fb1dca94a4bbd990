/** Every timeline file of the corpus through the registry, against what independent scripts counted in it. Skipped where the corpus is absent. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { flattenError } from '../../base/errors.ts';
import type { TimelineDocument } from '../../interchange/document.ts';
import { textFormats } from '../../interchange/formats.ts';
import { asNumber, asObject, asString, objectsIn, parseLenientJson, type JsonObject } from '../../interchange/json.ts';
import { readOtioDocument } from '../../interchange/otio/read-document.ts';
import { writeOtioDocument } from '../../interchange/otio/write-document.ts';
import type { TextFormat } from '../../interchange/recognise.ts';
import { summarise } from '../../interchange/summary.ts';
import { openTimeline, type OpenedTimeline } from './open-timeline.ts';

const corpus = new URL('../../../../shared/corpus/', import.meta.url);
const factsFile = new URL('facts.json', corpus);
const facts = existsSync(factsFile) ? Object.entries(asObject(parseLenientJson(readFileSync(factsFile, 'utf8'))) ?? {}).map(([name, fact]) => [name, asObject(fact) ?? {}] as const) : [];
const pathOf = (name: string): string => fileURLToPath(new URL(`timelines/${name.split('/').map(encodeURIComponent).join('/')}`, corpus));

/** What is a timeline, by what the scripts saw in it. */
function textFormatOf(name: string, fact: JsonObject): TextFormat | null {
  if (fact['kind'] === 'otio' || fact['kind'] === 'otioz' || basename(name) === 'empty_timeline.json') return 'otio';
  if (fact['kind'] === 'xml') return fact['root'] === 'xmeml' ? 'fcp7' : fact['root'] === 'fcpxml' ? 'fcpxml' : null;
  return fact['kind'] === 'edl' || fact['kind'] === 'ale' || fact['kind'] === 'csv' ? fact['kind'] : null;
}

const timelines = facts.filter(([name, fact]) => textFormatOf(name, fact) !== null);
const others = facts.filter(([name, fact]) => textFormatOf(name, fact) === null);
const open = async (name: string): Promise<OpenedTimeline> => openTimeline(pathOf(name), { sourceRate: null });
/** Lines of the text are no part of what is compared. */
const compared = (document: TimelineDocument): unknown => JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'line' ? undefined : value)));

describe.skipIf(facts.length === 0)('the corpus (skipped where it is absent)', () => {
  it('has what these tests are about', () => {
    expect([timelines.length > 150, others.length > 65]).toEqual([true, true]);
  });

  it.each(timelines)('%s: the counts, and the same after writing and reading again', async (name, fact) => {
    const format = textFormatOf(name, fact) ?? 'otio';
    const { document, events, diagnostics, format: found } = await open(name);
    expect(found).toBe(fact['kind'] === 'otioz' ? 'otioz' : format);
    expectCounts(document, events, fact);
    expect(diagnostics.filter(({ message }) => message === '')).toEqual([]);
    const { read, write } = await textFormats[format].load();
    const again = read(write(document).text, { path: name, sourceRate: null }).document;
    expect(compared(again)).toEqual(compared(document));
    // OpenTimelineIO can carry whatever any format says.
    expect(compared(readOtioDocument(writeOtioDocument(document).text, { path: name, sourceRate: null }).document)).toEqual(compared(document));
  });

  it('reads a bundle that is a folder', async () => {
    expect(await open('fcp-scene-detect/fcp-rubric/2997fps-rubric-clips.fcpxmld')).toMatchObject({ format: 'fcpxmld', events: 6 });
  });

  it('is written in every format without a crash, and each loss is told in words', async () => {
    const writers = await Promise.all(Object.values(textFormats).map(async ({ load }) => load()));
    for (const [name] of timelines) {
      const { document } = await open(name);
      for (const { read, write } of writers) {
        const { text, losses } = write(document);
        expect(losses.filter(({ element, message }) => element === '' && message === ''), name).toEqual([]);
        try {
          read(text, { path: name, sourceRate: document.rate });
        } catch (error) {
          // A list without shots is refused by its own reader.
          expect([name, flattenError(error).code]).toEqual([name, expect.stringMatching(/^(?:list\.invalid|input\.unsupported)$/)]);
        }
      }
    }
  });

  it.each(others)('%s: refused by name, with advice', async (name) => {
    const failure = flattenError(await open(name).then(() => { throw new Error('was read'); }, (error: unknown) => error));
    expect(failure).toMatchObject({
      code: expect.stringMatching(/^(?:input\.unsupported|list\.invalid)$/), message: expect.stringMatching(/: (?:export|give|`stringout probe`)|; export/), place: { file: pathOf(name) },
    });
  });
});

function expectCounts(document: TimelineDocument, events: number, fact: JsonObject): void {
  const { rate, tracks } = summarise(document);
  const sum = (kind: string): number => tracks.filter((track) => track.kind === kind).reduce((total, { clips, stacks }) => total + clips + stacks, 0);
  switch (fact['kind']) {
    case 'edl': expect(events).toBe(fact['edit_lines']); return;
    case 'ale':
    case 'csv': expect(events).toBe(fact['rows']); return;
    case 'xml':
      if (fact['root'] === 'xmeml') expect([sum('video'), sum('audio')]).toEqual([fact['v_clipitems'], fact['a_clipitems']]);
      // The counted spine is the file's first: that of a compound clip, where there are such.
      else if (fact['media'] === undefined) expect(Math.max(...tracks.map(({ clips, gaps, transitions, stacks }) => clips + gaps + transitions + stacks))).toBeGreaterThanOrEqual(asNumber(fact['spine_children']) ?? 1);
      else expect(events).toBeGreaterThan(0);
      return;
    default: {
      const expected = objectsIn(fact['tracks']);
      if (expected.length === 0) return;
      expect(tracks.map(({ kind, clips, gaps, transitions, stacks }) => ({ kind, clips, gaps, transitions, stacks }))).toEqual(expected.map(({ kind, items }) => {
        const count = (...names: string[]): number => names.reduce((total, item) => total + (asNumber(asObject(items)?.[item]) ?? 0), 0);
        return { kind: asString(kind)?.toLowerCase(), clips: count('Clip'), gaps: count('Gap', 'Filler'), transitions: count('Transition'), stacks: count('Stack', 'Track') };
      }));
      for (const [index, track] of expected.entries()) {
        const seconds = track['seconds'];
        const frames = tracks[index]?.frames;
        if (typeof seconds !== 'number' || !rate) continue;
        expect(Math.abs((Number(frames) * rate.den) / rate.num - seconds)).toBeLessThanOrEqual((0.5 * rate.den) / rate.num);
      }
    }
  }
}
