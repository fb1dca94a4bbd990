/** Words as small pictures: drawing text is what costs a canvas without a GPU its frames, drawing a picture of it is cheap. */
const mostLabels = 1500;

export class LabelCache {
  readonly #labels = new Map<string, { readonly canvas: HTMLCanvasElement; readonly width: number }>();
  readonly #font: string;
  readonly #height: number;
  #ratio = 1;

  /** `height` in CSS pixels. */
  constructor(font: string, height: number) {
    this.#font = font;
    this.#height = height;
  }

  setRatio(ratio: number): void {
    if (ratio !== this.#ratio) this.#labels.clear();
    this.#ratio = ratio;
  }

  /** At most `space` CSS pixels of it, from its left; its vertical middle at `y`. */
  draw(context: CanvasRenderingContext2D, text: string, colour: string, x: number, y: number, space: number): void {
    if (space < 4 || text === '') return;
    const { canvas, width } = this.#get(text, colour);
    const shown = Math.min(width, space);
    const ratio = this.#ratio;
    context.drawImage(canvas, 0, 0, shown * ratio, this.#height * ratio, Math.round(x), Math.round(y - this.#height / 2), shown, this.#height);
  }

  #get(text: string, colour: string): { readonly canvas: HTMLCanvasElement; readonly width: number } {
    const key = `${colour} ${text}`;
    const known = this.#labels.get(key);
    if (known) return known;
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('2d');
    if (!context) return { canvas, width: 0 };
    context.font = this.#font;
    const width = Math.ceil(context.measureText(text).width) + 1;
    canvas.width = Math.max(1, Math.ceil(width * this.#ratio));
    canvas.height = Math.ceil(this.#height * this.#ratio);
    context.scale(this.#ratio, this.#ratio);
    context.font = this.#font;
    context.textBaseline = 'middle';
    context.fillStyle = colour;
    context.fillText(text, 0, this.#height / 2 + 0.5);
    const label = { canvas, width };
    this.#labels.set(key, label);
    for (const oldest of this.#labels.keys()) {
      if (this.#labels.size <= mostLabels) break;
      this.#labels.delete(oldest);
    }
    return label;
  }
}
