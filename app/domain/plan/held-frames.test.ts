import { describe, expect, it } from 'vitest';
import { mostHeld } from './held-frames.ts';

const range = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);

describe('mostHeld', () => {
  it('is one frame where segments follow each other, and the overlap where they do not', () => {
    expect(mostHeld([range(0, 50), range(50, 90)])).toBe(1);
    expect(mostHeld([range(0, 50), range(10, 90)])).toBe(40);
    expect(mostHeld([new Uint32Array(100)])).toBe(1);
    expect(mostHeld([Uint32Array.of(9, 0, 5)])).toBe(3);
  });
});
