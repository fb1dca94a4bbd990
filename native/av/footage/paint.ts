/** Pictures of a demo shot: hills under an evening sky that the camera pans over, a sun that crosses it, and a bar code in each frame. */
import { barCode, barCodeCells, barCodeHeight } from './bar-code.ts';

export const footageSize = { width: 640, height: 360 } as const;

const { width, height } = footageSize;
/** Pixels that the camera moves from frame to frame; even, so that chroma moves along. */
const pan = 2;
const panoramaWidth = width + 256;
const stripHeight = (height * barCodeHeight.num) / barCodeHeight.den;
const cellWidth = width / barCodeCells;
const sunRadius = 26;

type Planes = { readonly y: Uint8Array; readonly u: Uint8Array; readonly v: Uint8Array };

function planes(ofWidth: number): Planes {
  const size = ofWidth * height;
  return { y: new Uint8Array(size), u: new Uint8Array(size / 4), v: new Uint8Array(size / 4) };
}

export class ShotPainter {
  readonly #shot: number;
  readonly #panorama = planes(panoramaWidth);
  readonly #frame: Uint8Array = new Uint8Array((width * height * 3) / 2);
  readonly #planes: Planes = {
    y: this.#frame.subarray(0, width * height),
    u: this.#frame.subarray(width * height, (width * height * 5) / 4),
    v: this.#frame.subarray((width * height * 5) / 4),
  };

  constructor(shot: number) {
    this.#shot = shot;
    this.#paintPanorama();
  }

  /** Planes of yuv420p one after the other; valid until the next call. */
  paint(frame: number): Uint8Array {
    const left = (pan * frame) % (panoramaWidth - width);
    copyRows(this.#panorama.y, this.#planes.y, width, panoramaWidth, left);
    copyRows(this.#panorama.u, this.#planes.u, width / 2, panoramaWidth / 2, left / 2);
    copyRows(this.#panorama.v, this.#planes.v, width / 2, panoramaWidth / 2, left / 2);
    this.#paintSun(frame);
    this.#paintBarCode(frame);
    return this.#frame;
  }

  #paintPanorama(): void {
    const { y, u, v } = this.#panorama;
    const phase = this.#shot * 2.399963; // the golden angle: neighbours differ most
    const near = skyline(0.62 * height, 0.10 * height, phase);
    const far = skyline(0.45 * height, 0.14 * height, phase * 1.7 + 1);
    const tint = { u: 128 + 34 * Math.cos(phase), v: 128 + 34 * Math.sin(phase) };
    for (let row = 0; row < height; row++) {
      const sky = 190 - (110 * row) / height;
      for (let x = 0; x < panoramaWidth; x++) {
        const at = row * panoramaWidth + x;
        y[at] = row > (near[x] ?? 0) ? 44 + ((x >> 3) & 7) : row > (far[x] ?? 0) ? 84 - (row >> 4) : sky;
        if (((row | x) & 1) !== 0) continue;
        const chroma = (row >> 1) * (panoramaWidth >> 1) + (x >> 1);
        const isHill = row > (far[x] ?? 0);
        u[chroma] = isHill ? 128 - (tint.u - 128) / 2 : tint.u;
        v[chroma] = isHill ? 128 - (tint.v - 128) / 2 : tint.v - (row >> 4);
      }
    }
  }

  #paintSun(frame: number): void {
    const { y } = this.#planes;
    const centreX = 60 + ((this.#shot * 37 + 5 * frame) % (width - 120));
    const centreY = 110 + Math.round(30 * Math.sin(this.#shot + frame / 12));
    for (let dy = -sunRadius; dy <= sunRadius; dy++) {
      const half = Math.floor(Math.sqrt(sunRadius * sunRadius - dy * dy));
      y.fill(225, (centreY + dy) * width + centreX - half, (centreY + dy) * width + centreX + half);
    }
  }

  #paintBarCode(frame: number): void {
    const { y, u, v } = this.#planes;
    const cells = barCode(this.#shot, frame);
    cells.forEach((cell, i) => { y.fill(cell === 1 ? 235 : 16, i * cellWidth, (i + 1) * cellWidth); });
    for (let row = 1; row < stripHeight; row++) y.copyWithin(row * width, 0, width);
    u.fill(128, 0, (stripHeight / 2) * (width / 2));
    v.fill(128, 0, (stripHeight / 2) * (width / 2));
  }
}

function copyRows(from: Uint8Array, to: Uint8Array, length: number, stride: number, left: number): void {
  for (let row = 0; row * length < to.length; row++) to.set(from.subarray(row * stride + left, row * stride + left + length), row * length);
}

/** Row of the hills' upper edge by column. */
function skyline(base: number, swing: number, phase: number): Float64Array {
  return Float64Array.from({ length: panoramaWidth }, (_, x) => base + swing * (0.6 * Math.sin(x / 83 + phase) + 0.4 * Math.sin(x / 31 + 2 * phase)));
}
