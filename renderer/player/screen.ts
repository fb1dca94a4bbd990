/**
 * The canvas of the viewer: one picture, letterboxed, upright; black where there is none. A picture that lies in memory is converted and put at its own
 * size, for the page to scale: without a GPU that is ten times as fast as drawing it. What a GPU decoded is drawn.
 */
export class Screen {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  #size: { readonly width: number; readonly height: number };
  #pixels: ImageData | null = null;
  #isConverting = false;
  /** Goes up where the canvas was painted otherwise: a picture that was on its way is not put over that. */
  #turn = 0;
  #canConvert = true;

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
    this.#turn++;
    this.#fit();
    this.#context.fillStyle = '#000';
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** `onDrawn` is called once it is on the canvas; not at all where the picture before it still is on its way. */
  draw(picture: VideoFrame, rotation: number, onDrawn: () => void): void {
    if (this.#isConverting) return;
    if (this.#canConvert && canConvert(picture, rotation)) {
      this.#isConverting = true;
      const own = picture.clone();
      this.#put(own).then((isPut) => { if (isPut) onDrawn(); }, () => { this.#canConvert = false; }).finally(() => {
        own.close();
        this.#isConverting = false;
      });
      return;
    }
    this.#paint(picture, rotation);
    onDrawn();
  }

  async #put(picture: VideoFrame): Promise<boolean> {
    const turn = this.#turn;
    const { displayWidth: width, displayHeight: height } = picture;
    if (this.#pixels?.width !== width || this.#pixels.height !== height) this.#pixels = new ImageData(width, height);
    const pixels = this.#pixels;
    await picture.copyTo(pixels.data, { format: 'RGBA' });
    if (turn !== this.#turn) return false;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#context.putImageData(pixels, 0, 0);
    return true;
  }

  #paint(picture: VideoFrame, rotation: number): void {
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

function canConvert({ format, visibleRect, displayWidth, displayHeight }: VideoFrame, rotation: number): boolean {
  return format !== null && format !== 'NV12' && rotation === 0 && visibleRect?.width === displayWidth && visibleRect.height === displayHeight;
}
