/** Hash lists beside media: found from anywhere below, of both versions, and never trusted blindly. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { c4Id } from '../../base/c4.ts';
import { Xxh64 } from '../../base/xxh64.ts';
import type { JobRequest, JobResult, JobKind } from '../../contract/worker.ts';
import type { JobRunner } from '../assembly/ports.ts';
import { checkHashes } from './check-hashes.ts';
import { HashLists } from './hash-lists.ts';

let folder: string;
beforeEach(() => { folder = realpathSync(mkdtempSync(join(tmpdir(), 'stringout-mhl-'))); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const hashed = (method: string, text: string): string => createHash(method).update(text).digest('hex');
const first = (entries: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<hashlist version="1.1"><creatorinfo><tool>x</tool></creatorinfo>${entries}</hashlist>`;
const second = (entries: string): string => `<?xml version="1.0" encoding="UTF-8"?>\n<hashlist version="2.0" xmlns="urn:ASC:MHL:v2.0"><creatorinfo/><processinfo><roothash><content><xxh64>0</xxh64></content></roothash></processinfo><hashes>${entries}</hashes></hashlist>`;
const c4Of = (text: string): string => c4Id(createHash('sha512').update(text).digest());
const xxh64Of = (text: string): string => new Xxh64().update(new TextEncoder().encode(text)).digest();

/** Computes in this process what a worker does. */
const jobs: JobRunner = {
  concurrency: 1, narrow: () => undefined,
  run: async <K extends JobKind>(request: JobRequest) => {
    if (request.kind !== 'file.hash') throw new Error('only hashes are asked for');
    const text = readFileSync(request.path, 'utf8');
    const value = (method: string): string => (method === 'xxh64' ? xxh64Of(text) : method === 'c4' ? c4Of(text) : hashed(method, text));
    return { bytes: text.length, hashes: request.methods.map((method) => ({ method, value: value(method) })) } as JobResult<K>;
  },
};
const check = async (path: string) => {
  const known = await new HashLists().find(path);
  const { state, error, warning } = await checkHashes(path, known, jobs, { signal: new AbortController().signal });
  return { state, says: error?.message ?? warning, problems: known.problems.map(({ message }) => message), methods: known.hashes.map(({ method }) => method) };
};

it('version 1 is found from folders below; xxhash64 counts from either end, and a change is told with both hashes', async () => {
  const clip = write('A001/clips/a.mov', 'picture');
  const other = write('A001/clips/b.mov', 'sound');
  const left = write('A001/clips/c.mov', 'left out');
  const reversed = (xxh64Of('picture').match(/../g) ?? []).toReversed().join('');
  const list = write('A001/A001.mhl', first(`<hash><file>clips/a.mov</file><size>7</size><xxhash64>${reversed}</xxhash64><md5>${hashed('md5', 'picture').toUpperCase()}</md5><hashdate>2026-01-02T03:04:05Z</hashdate></hash>
    <hash><file>clips\\b.mov</file><size>9</size><sha1>${hashed('sha1', 'sound')}</sha1></hash>`));
  expect(await check(clip)).toEqual({ state: 'matched', says: null, problems: [], methods: ['xxh64', 'md5'] });
  expect((await new HashLists().find(clip)).hashes[1]).toMatchObject({ date: '2026-01-02T03:04:05Z', list });
  expect(await check(other)).toMatchObject({ state: 'matched' });
  writeFileSync(other, 'noise');
  expect(await check(other)).toMatchObject({ state: 'mismatched', says: `is not what ${list} lists: sha1 should be ${hashed('sha1', 'sound')} and is ${hashed('sha1', 'noise')} (5 bytes, listed with 9): copy it again` });
  expect(await check(left)).toMatchObject({ state: 'unlisted', says: `${left} is not listed in ${list}` });
});

it('ASC MHL: the first generation that knows a file is believed, failures are not, and every list is held against the chain', async () => {
  const clip = write('card/a.mov', 'picture');
  const one = second(`<hash><path size="7">a.mov</path><xxh64 action="original">${xxh64Of('picture')}</xxh64></hash>`);
  const two = second(`<hash><path size="7">a.mov</path><xxh64 action="failed">${xxh64Of('broken')}</xxh64><c4 action="new">${c4Of('picture')}</c4></hash><hash><path>b.mov</path><xxh128>00</xxh128></hash>`);
  write('card/ascmhl/0001_card.mhl', one);
  write('card/ascmhl/0002_card.mhl', two);
  const chain = (last: string): string => `<ascmhldirectory xmlns="urn:ASC:MHL:DIRECTORY:v2.0"><hashlist sequencenr="2"><path>0002_card.mhl</path><c4>${last}</c4></hashlist><hashlist sequencenr="1"><path>0001_card.mhl</path><c4>${c4Of(one)}</c4></hashlist></ascmhldirectory>`;
  write('card/ascmhl/ascmhl_chain.xml', chain(c4Of(two)));
  expect(await check(clip)).toEqual({ state: 'matched', says: null, problems: [], methods: ['xxh64', 'c4'] });
  expect(await check(write('card/b.mov', 'x'))).toMatchObject({ state: 'unchecked', says: expect.stringContaining('listed with xxh128') });
  write('card/ascmhl/ascmhl_chain.xml', chain(c4Of(one)));
  expect((await check(clip)).problems).toEqual([expect.stringMatching(/^was changed since it was written: its chain has c4/)]);
  write('card/ascmhl/0003_card.mhl', '<hashlist>');
  expect((await check(clip)).problems).toEqual(expect.arrayContaining(['is not named in the chain of its folder', expect.stringContaining('not well-formed')]));
});
