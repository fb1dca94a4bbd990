/** What the desktop remembers between runs: the window's place, and projects that were open. A file that cannot be read is forgotten. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
const rememberedSchema = z.object({
  bounds: boundsSchema.nullable().catch(null),
  isMaximized: z.boolean().catch(false),
  /** Absolute paths, the newest first. */
  recent: z.array(z.string()).catch([]),
});
type Values = z.infer<typeof rememberedSchema>;
export type Bounds = z.infer<typeof boundsSchema>;

const mostRecent = 12;

export class Remembered {
  readonly #path: string;
  readonly #warn: (text: string) => void;
  #values: Values;

  constructor(path: string, warn: (text: string) => void) {
    this.#path = path;
    this.#warn = warn;
    this.#values = read(path);
  }

  get values(): Readonly<Values> { return this.#values; }

  setWindow(bounds: Bounds, isMaximized: boolean): void {
    this.#set({ bounds, isMaximized });
  }

  addRecent(project: string): void {
    this.#set({ recent: [project, ...this.#values.recent.filter((known) => known !== project)].slice(0, mostRecent) });
  }

  clearRecent(): void {
    this.#set({ recent: [] });
  }

  #set(values: Partial<Values>): void {
    this.#values = { ...this.#values, ...values };
    const temporary = `${this.#path}.tmp`;
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileSync(temporary, JSON.stringify(this.#values));
      renameSync(temporary, this.#path);
    } catch (error) {
      this.#warn(`the window's place and recent projects are not kept: ${String(error)}`);
    }
  }
}

function read(path: string): Values {
  let json: unknown = {};
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    json = {}; // the first run, or a damaged file
  }
  return rememberedSchema.catch({ bounds: null, isMaximized: false, recent: [] }).parse(json);
}

/** The bounds, if enough of the window's top is on a display for a hand to take it; a display may have gone. */
export function visibleBounds(bounds: Bounds | null, displays: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null;
  const grip = 100;
  const isReachable = displays.some((display) => bounds.x + bounds.width - grip >= display.x && bounds.x + grip <= display.x + display.width
    && bounds.y >= display.y - grip && bounds.y + grip <= display.y + display.height);
  return isReachable ? bounds : null;
}
