/** Where the bytes go, in order. */
export type TakeBytes = (bytes: Uint8Array) => void;
export type RenderPace = { checkpoint(): Promise<void>; progress(done: number, total: number): void };
