import { expect, it } from 'vitest';
import { rational } from '../../domain/rational.ts';
import type { TimelineDocument } from '../../interchange/document.ts';
import { readEdl } from '../../interchange/edl/read-edl.ts';
import { writeEdl } from '../../interchange/edl/write-edl.ts';
import { readFcp7 } from '../../interchange/fcp7/read.ts';
import { writeFcp7 } from '../../interchange/fcp7/write.ts';
import { changedTimeline, diffTimelines } from './diff-timelines.ts';

const options = { path: 'cut.edl', sourceRate: rational(25) };
const edl = (...lines: readonly string[]): TimelineDocument => readEdl(`TITLE: Cut\nFCM: NON-DROP FRAME\n${lines.map((line, index) => `${String(index + 1).padStart(3, '0')}  ${line}\n`).join('')}`, options).document;
const old = edl(
  'A001C001 V C 01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00', 'A001C002 V C 01:00:00:00 01:00:02:00 01:00:02:00 01:00:04:00',
  'A001C003 V C 01:00:00:00 01:00:02:00 01:00:05:00 01:00:07:00', 'A001C004 V C 01:00:00:00 01:00:02:00 01:00:07:00 01:00:09:00',
);
const now = edl(
  'A001C001 V C 01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00', 'A001C009 V C 01:00:00:00 01:00:01:00 01:00:02:00 01:00:03:00',
  'A001C002 V C 01:00:00:00 01:00:02:00 01:00:03:00 01:00:05:00', 'A001C004 V C 01:00:00:10 01:00:02:00 01:00:06:00 01:00:07:15',
);

it('compares cuts of any two formats, and gives what changed where it stands', () => {
  const through = readFcp7(writeFcp7(now).text, options).document;
  for (const after of [now, through]) {
    const diff = diffTimelines(old, after, null);
    expect(diff.changes.map((change) => [change.after?.name ?? change.before?.name, change.state, change.shift])).toEqual([
      ['A001C001', 'unchanged', 0], ['A001C009', 'new', 0], ['A001C002', 'unchanged', 25], ['A001C003', 'omitted', 0], ['A001C004', 'trimmed', -25],
    ]);
    expect(diff.counts).toEqual({ unchanged: 2, new: 1, omitted: 1, trimmed: 1 });
    const changed = writeEdl(changedTimeline(after, diff)).text.split(/\r?\n/).filter((line) => /^\d/.test(line)).map((line) => line.split(/\s+/).toSpliced(1, 3).slice(0, 5));
    expect(changed.map(([, ...labels]) => labels)).toEqual([['01:00:00:00', '01:00:01:00', '01:00:02:00', '01:00:03:00'], ['01:00:00:10', '01:00:02:00', '01:00:06:00', '01:00:07:15']]);
  }
  expect(changedTimeline(now, diffTimelines(now, through, null)).tracks).toEqual([]);
});

it('does not call the sound omitted where one list has none', () => {
  const sounded = edl('A001C001 AA/V C 01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00');
  const { changes, warnings } = diffTimelines(sounded, edl('A001C001 V C 01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00'), null);
  expect([changes.map(({ state }) => state), warnings]).toEqual([['unchanged'], ['only the old timeline has sound: it is not compared']]);
});
