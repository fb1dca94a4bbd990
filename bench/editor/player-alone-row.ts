/** The player without the editor around it: each size of picture, both ways, and its memory over minutes. */
import { Place } from '../../e2e/fixtures/command.ts';
import { codeOf, PlayerPage } from '../../e2e/fixtures/player-page.ts';
import { jobOf, ServedEditor } from '../../e2e/fixtures/served-editor.ts';
import { h264, makeShot, tags709 } from '../../e2e/fixtures/shots.ts';
import { barCodeCells } from '../../native/av/footage/bar-code.ts';
import { treeMemory } from '../measure/tree-memory.ts';
import type { RowResult } from '../results.ts';
import { editorResult } from './editor-result.ts';
import { quantile } from './quantile.ts';

const clipLength = 48;
const clips = 500;
const shotFrames = 120;
/** One group of pictures lasts longer than a clip: every cut lies inside one. */
const picture = [...h264, '-g', '60', '-keyint_min', '60', ...tags709];
const rate = { num: 24, den: 1 };

type Clip = { readonly start: number; readonly length: number; readonly shotId: number; readonly shot: number; readonly sourceIn: number };
type Played = { readonly rows: readonly (readonly number[])[]; readonly shown: number; readonly missed: number; readonly mostOpen: number; readonly longestGap: number };
type Figures = Parameters<typeof editorResult>[3];

export async function playerAloneRow(isQuick: boolean): Promise<RowResult> {
  const figures: Figures[number][] = [];
  for (const [width, height, shots] of [[640, 360, 12], [1280, 720, 6]] as const) figures.push(...await measure(width, height, shots, isQuick));
  return editorResult('editor-player-alone', 'The player alone, on 500 clips', `H.264+AAC in groups of 60, a clip every ${clipLength} frames at 24 a second, drawn at the pictures' own size; every picture read back by its bar code. A picture is wrong where it is not one of those due, or comes before an earlier one.`, figures);
}

async function measure(width: number, height: number, shots: number, isQuick: boolean): Promise<Figures> {
  using place = new Place();
  for (let shot = 1; shot <= shots; shot++) makeShot(place.path('footage', `s${shot}.mp4`), { shot, frames: shotFrames, width, height, picture });
  const project = place.path('film.stringout');
  await using editor = await ServedEditor.start(place, project);
  const client = editor.client(project);
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  const { mediaBase } = await client.call('host.info', {});
  const ids = (await client.call('project.load', {})).shots.map(({ name, id }) => [Number(name.slice(1)), id] as const);
  const placed = Array.from({ length: clips }, (_, i): Clip => {
    const [shot, shotId] = ids[(i * 5) % ids.length] ?? [0, 0];
    return { start: i * clipLength, length: clipLength, shotId, shot, sourceIn: 7 + ((i * 11) % 60) };
  });
  const due = placed.flatMap(({ shot, sourceIn }) => Array.from({ length: clipLength }, (_, i) => `${shot}:${sourceIn + i}`));
  await using page = await PlayerPage.open(editor, place);
  await page.call('run', mediaBase, width, height);
  const heard = placed.map(({ start, length, shotId, sourceIn }) => ({ start, length, shotId, sourceIn, gain: 0 }));
  const size = `${height}p`;
  const first = await page.call<number>('running.open', { rate, frames: due.length, picture: heard, sound: heard });

  const seeks: number[] = [];
  const steps: number[] = [];
  let wrongStills = 0;
  const seek = async (frame: number, times: number[]): Promise<void> => {
    const { took, row } = await page.call<{ took: number; row: number[] }>('running.seek', frame, barCodeCells);
    times.push(took);
    if (codeOf(row) !== due[frame]) wrongStills++;
  };
  for (let i = 0; i < (isQuick ? 15 : 60); i++) await seek((i * 7919 + 31) % due.length, seeks);
  for (let i = 0; i < 40; i++) await seek(5000 - i, i === 0 ? seeks : steps);

  const straight = await page.call<Played>('running.play', 0, 1, isQuick ? 10_000 : 61_000, barCodeCells);
  const fast = await page.call<Played>('running.play', 1000, 4, 8000, barCodeCells);
  const back = await page.call<Played>('running.play', 4000, -4, 8000, barCodeCells);

  const memory: number[] = [];
  for (let i = 0; i < (isQuick ? 2 : 4); i++) {
    await page.call<Played>('running.play', (i * 2400) % due.length, 1, isQuick ? 4000 : 15_000, barCodeCells);
    memory.push(treeMemory(page.pid));
  }
  const open = await page.get<number>('running.openFrames');
  const troubles = await page.get<string[]>('running.troubles');
  if (troubles.length > 0) throw new Error(troubles.join('; '));
  const looked = straight.rows.length + fast.rows.length + back.rows.length + seeks.length + steps.length;
  const pictureSize = (width * height * 1.5) / 1e6;
  return [
    { label: `${size}: frames missed at normal speed`, unit: '%', limit: 1, value: (100 * straight.missed) / Math.max(1, straight.shown + straight.missed) },
    { label: `${size}: wrong pictures, playing and sought`, unit: '%', limit: 0, value: (100 * (wrong(straight, due, 0, 1) + wrong(fast, due, 1000, 1) + wrong(back, due, 4000, -1) + wrongStills)) / looked },
    { label: `${size}: longest time between two pictures`, unit: 'ms', limit: 150, value: straight.longestGap },
    { label: `${size}: first picture`, unit: 'ms', limit: 500, value: first },
    { label: `${size}: seek, median`, unit: 'ms', limit: 150, value: quantile(seeks, 0.5) },
    { label: `${size}: seek, 95th percentile`, unit: 'ms', limit: 300, value: quantile(seeks, 0.95) },
    { label: `${size}: step back, 95th percentile`, unit: 'ms', limit: 100, value: quantile(steps, 0.95) },
    { label: `${size}: pictures at 4x`, unit: 'a second', limit: 24, value: fast.rows.length / 8 },
    { label: `${size}: pictures at -4x`, unit: 'a second', limit: 24, value: back.rows.length / 8 },
    { label: `${size}: pictures open at once, at most`, unit: 'MB', limit: 64 * pictureSize, value: Math.max(straight.mostOpen, fast.mostOpen, back.mostOpen) * pictureSize },
    { label: `${size}: pictures open after it stopped`, unit: 'MB', limit: 48 * pictureSize, value: open * pictureSize },
    { label: `${size}: memory of browser and host, growth from the first to the last of ${memory.length} runs`, unit: '%', limit: 10, value: (100 * (memory.at(-1) ?? 0)) / Math.max(1, memory[0] ?? 1) - 100 },
  ];
}

/** Pictures that are not due, or come in the wrong order. Codes repeat over 500 clips: each is looked for from the last place on. */
function wrong({ rows }: Played, due: readonly string[], from: number, step: 1 | -1): number {
  let place = from;
  let count = 0;
  for (const row of rows) {
    const code = codeOf(row);
    let at = place;
    for (let i = 0; i < 4 * clipLength && due[at] !== code; i++) at += step;
    if (due[at] === code) place = at;
    else count++;
  }
  return count;
}
