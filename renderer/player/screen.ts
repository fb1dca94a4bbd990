/** The canvas of the viewer: one picture, letterboxed, upright; black where there is none. */
export class Screen {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #size: { readonly width: number; readonly height: number };

  constructor(canvas: OffscreenCanvas) {
    const context = canvas.getContext('2d', { alpha: false, desynchronized: true });
    if (!context) throw new Error('this browser has no canvas for workers');
    this.#canvas = canvas;
    this.#context = context;
    this.#size = { width: canvas.width, height: canvas.height };
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#size;
  }

  /** From the next drawing on: a canvas is empty when its size changes. */
  resize(width: number, height: number): void {
    this.#size = { width: Math.max(2, width), height: Math.max(2, height) };
  }

  black(): void {
    this.#fit();
    this.#context.fillStyle = '#000';
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  draw(picture: VideoFrame, rotation: number): void {
    this.#fit();
    const { width, height } = this.#canvas;
    const isSideways = rotation === 90 || rotation === 270;
    const [shownWidth, shownHeight] = isSideways ? [picture.displayHeight, picture.displayWidth] : [picture.displayWidth, picture.displayHeight];
    const scale = Math.min(width / shownWidth, height / shownHeight);
    const w = Math.round(shownWidth * scale);
    const h = Math.round(shownHeight * scale);
    if (w < width || h < height) this.black();
    if (rotation === 0) {
      this.#context.drawImage(picture, Math.round((width - w) / 2), Math.round((height - h) / 2), w, h);
      return;
    }
    this.#context.save();
    this.#context.translate(width / 2, height / 2);
    this.#context.rotate((rotation * Math.PI) / 180);
    const [drawnWidth, drawnHeight] = isSideways ? [h, w] : [w, h];
    this.#context.drawImage(picture, -drawnWidth / 2, -drawnHeight / 2, drawnWidth, drawnHeight);
    this.#context.restore();
  }

  #fit(): void {
    const { width, height } = this.#size;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
  }
}
