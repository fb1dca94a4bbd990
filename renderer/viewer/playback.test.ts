import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Playback, type PlaybackEngine } from './playback.ts';

/** A player whose place is set by hand. */
class FakePlayer implements PlaybackEngine {
  frame = 0;
  speed = 0;
  seek(frame: number): void { this.frame = frame; }
  setSpeed(speed: number): void { this.speed = speed; }
}

let ticks: FrameRequestCallback[] = [];
const tick = (): void => { for (const run of ticks.splice(0)) run(0); };
let player: FakePlayer;
let playback: Playback;

beforeEach(() => {
  ticks = [];
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => ticks.push(run));
  player = new FakePlayer();
  playback = new Playback();
  playback.setProgramme(100, { num: 24, den: 1 });
  playback.attach(player);
});
afterEach(() => { vi.unstubAllGlobals(); });

test('J, K and L: faster with each press up to four times, the other key slows down before it turns', () => {
  const speeds = (['L', 'L', 'L', 'L', 'J', 'J', 'J', 'K'] as const).map((key) => {
    if (key === 'K') playback.setSpeed(0);
    else playback.shuttle(key === 'L' ? 1 : -1);
    return player.speed;
  });
  expect(speeds).toEqual([1, 2, 4, 4, 2, 1, -1, 0]);
});

test('it stops at the end, and begins anew from there', () => {
  playback.seek(98);
  playback.toggle();
  player.frame = 100;
  tick();
  expect([playback.frame, playback.speed]).toEqual([100, 0]);
  playback.toggle();
  expect([player.frame, playback.speed]).toEqual([0, 1]);
});

test('a range is played to its out point, a seek stays inside the programme', () => {
  playback.playRange(10, 20);
  player.frame = 19;
  tick();
  expect([playback.frame, playback.speed]).toEqual([19, 1]);
  player.frame = 21;
  tick();
  expect([playback.frame, playback.speed]).toEqual([20, 0]);
  playback.seek(-5);
  expect(playback.frame).toBe(0);
  playback.seek(1000);
  expect(playback.frame).toBe(100);
});
