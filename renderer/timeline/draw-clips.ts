/** Clips of one row: only those in sight, those thinner than a pixel as one stroke, words and pictures only where there is room. */
import { tileHeight, tileWidth, stripTiles } from '../../app/contract/strip-tiles.ts';
import { rationalToNumber } from '../../app/domain/rational.ts';
import { sourceTicks } from '../../app/domain/edits/source-ticks.ts';
import type { ProjectState, TimelineClip } from '../../app/domain/project/project.ts';
import type { ClipMedia } from './clip-media.ts';
import type { Colours } from './colours.ts';
import { clipFlags, firstVisible, type Columns } from './columns.ts';
import { frameAt, headHeight, xOf, type Row, type Viewport } from './geometry.ts';
import type { LabelCache } from './label-cache.ts';

export type ClipScene = {
  readonly context: CanvasRenderingContext2D;
  readonly state: ProjectState;
  readonly view: Viewport;
  readonly colours: Colours;
  readonly labels: LabelCache;
  readonly media: ClipMedia | null;
  readonly selected: ReadonlySet<number>;
};

const leastLabel = 30;
const leastPictures = 40;
const nameHeight = 16;

export function drawClips(scene: ClipScene, row: Row, columns: Columns): void {
  const { context, view, colours, selected } = scene;
  const top = headHeight + row.top - view.scrollY;
  const isPicture = row.track.kind === 'picture';
  const last = frameAt(view, view.width);
  const fill = isPicture ? colours.picture : colours.sound;
  const fillSelected = isPicture ? colours.pictureSelected : colours.soundSelected;
  context.globalAlpha = row.track.isEnabled ? 1 : 0.45;
  let strokeTo = -1;
  for (let i = firstVisible(columns, frameAt(view, 0)); i < columns.clips.length; i++) {
    const start = columns.start[i] ?? 0;
    if (start >= last) break;
    const clip = columns.clips[i];
    if (!clip) break;
    const x = xOf(view, start);
    const width = xOf(view, columns.end[i] ?? 0) - x;
    const flags = columns.flags[i] ?? 0;
    const isSelected = selected.has(clip.id);
    const colour = (flags & clipFlags.missing) !== 0 ? colours.missing : isSelected ? fillSelected : fill;
    if (width < 2) {
      // Several in one pixel: one of them stands for all.
      const pixel = Math.floor(x);
      if (pixel <= strokeTo && !isSelected) continue;
      strokeTo = pixel;
      context.fillStyle = colour;
      context.fillRect(pixel, top, 1, row.height);
      continue;
    }
    drawClip(scene, clip, { x, width, top, height: row.height, isPicture, flags, isSelected, colour });
  }
  context.globalAlpha = 1;
}

type Box = {
  readonly x: number; readonly width: number; readonly top: number; readonly height: number;
  readonly isPicture: boolean; readonly flags: number; readonly isSelected: boolean; readonly colour: string;
};

function drawClip(scene: ClipScene, clip: TimelineClip, box: Box): void {
  const { context, view, colours, labels, state } = scene;
  const left = Math.max(-2, Math.round(box.x));
  const right = Math.min(view.width + 2, Math.round(box.x + box.width));
  const width = Math.max(1, right - left - (box.width > 4 ? 1 : 0));
  const isOff = (box.flags & clipFlags.disabled) !== 0;
  const alpha = context.globalAlpha;
  if (isOff) context.globalAlpha = alpha * 0.4;
  context.fillStyle = box.colour;
  context.fillRect(left, box.top, width, box.height);
  const shot = state.shots.get(clip.shotId);
  if (width >= leastPictures && shot?.status === 'ready') {
    if (box.isPicture) drawPictures(scene, clip, box, left, width);
    else drawWave(scene, clip, box, left, width);
  }
  if (width >= leastLabel) {
    if (box.isPicture) {
      context.fillStyle = box.colour;
      context.fillRect(left, box.top, width, nameHeight);
    }
    const name = shot?.name ?? '';
    const words = (box.flags & clipFlags.missing) !== 0 ? `${name}: offline` : (box.flags & clipFlags.indexing) !== 0 ? `${name} …` : clip.gain === 0 ? name : `${name}  ${clip.gain > 0 ? '+' : ''}${String(clip.gain)} dB`;
    labels.draw(context, words, box.isSelected ? colours.bright : colours.text, Math.max(left, 0) + 5, box.top + nameHeight / 2, right - Math.max(left, 0) - 9);
  }
  context.globalAlpha = alpha;
  if (box.isSelected) {
    context.strokeStyle = colours.accent;
    context.lineWidth = 1.5;
    context.strokeRect(left + 0.75, box.top + 0.75, width - 1.5, box.height - 1.5);
  } else if (box.width > 4) {
    context.fillStyle = '#ffffff14';
    context.fillRect(left, box.top, width, 1);
  }
}

/** The moment under each tile, to the strip's grain. */
function drawPictures({ context, view, media, state }: ClipScene, clip: TimelineClip, box: Box, left: number, width: number): void {
  const strip = media?.strips.get(clip.shotId);
  const shot = state.shots.get(clip.shotId);
  if (!strip || !shot) return;
  const height = box.height - nameHeight;
  const tile = (height * tileWidth) / tileHeight;
  const ticks = sourceTicks(shot, state.sequence.rate);
  const right = left + width;
  for (let x = box.x + Math.floor(Math.max(0, -box.x) / tile) * tile; x < right; x += tile) {
    const moment = Number.isFinite(ticks) ? (clip.sourceIn + (x + tile / 2 - box.x) / view.pixelsPerFrame) / ticks : 0;
    const index = Math.max(0, Math.min(stripTiles - 1, Math.floor(moment * stripTiles)));
    const shown = Math.min(tile, right - x);
    context.drawImage(strip, index * tileWidth, 0, (shown / tile) * tileWidth, tileHeight, x, box.top + nameHeight, shown, height);
  }
}

const waveStep = 2;

function drawWave({ context, view, media, state, colours }: ClipScene, clip: TimelineClip, box: Box, left: number, width: number): void {
  const peaks = media?.peaks.get(clip.shotId);
  if (!peaks) return;
  const { channels, values, count, perSecond } = peaks;
  const bucketsPerFrame = perSecond / rationalToNumber(state.sequence.rate);
  const middle = box.top + nameHeight + (box.height - nameHeight) / 2;
  const scale = ((box.height - nameHeight) / 2 - 2) / 127;
  const gain = 10 ** (clip.gain / 20);
  const begin = Math.max(left, 0);
  const end = Math.min(left + width, view.width);
  context.fillStyle = colours.wave;
  for (let x = begin; x < end; x += waveStep) {
    const from = Math.floor((clip.sourceIn + (x - box.x) / view.pixelsPerFrame) * bucketsPerFrame);
    const to = Math.max(from + 1, Math.floor((clip.sourceIn + (x + waveStep - box.x) / view.pixelsPerFrame) * bucketsPerFrame));
    let low = 0;
    let high = 0;
    // Of a far view a few buckets stand for all.
    const stride = Math.max(1, Math.floor((to - from) / 8));
    for (let bucket = Math.max(0, from); bucket < Math.min(count, to); bucket += stride) {
      for (let channel = 0; channel < channels; channel++) {
        const at = (bucket * channels + channel) * 2;
        low = Math.min(low, values[at] ?? 0);
        high = Math.max(high, values[at + 1] ?? 0);
      }
    }
    const up = Math.min(127, high * gain) * scale;
    const down = Math.min(127, -low * gain) * scale;
    context.fillRect(x, middle - up, waveStep - 0.5, Math.max(1, up + down));
  }
}
