import { expect, test } from 'vitest';
import { SoundClock } from './sound-clock.ts';
import { makeRing, SoundRing } from './sound-ring.ts';

const ramp = (from: number, frames: number): Float32Array => Float32Array.from({ length: 2 * frames }, (_, i) => from + (i >> 1));

function take(ring: SoundRing, frames: number): number[] {
  const left = new Float32Array(frames);
  ring.read(left, new Float32Array(frames));
  return [...left];
}

function bothEnds(): { readonly writer: SoundRing; readonly reader: SoundRing } {
  const buffer = makeRing();
  return { writer: new SoundRing(buffer), reader: new SoundRing(buffer) };
}

test('the audio thread gets every sample once, in order, round the ring; silence is not counted', () => {
  const { writer, reader } = bothEnds();
  writer.reset();
  writer.play();
  const heard: number[] = [];
  for (let i = 1; i < 100_000; i += 1000) {
    writer.write(ramp(i, 1000));
    heard.push(...take(reader, 600), ...take(reader, 600));
  }
  expect(heard.filter((value) => value !== 0)).toEqual(Array.from({ length: 100_000 }, (_, i) => i + 1));
  expect(writer.played).toBe(100_000);
});

test('after a stop nothing old is heard or counted, even if the audio thread was in the middle of taking', () => {
  const { writer, reader } = bothEnds();
  writer.reset();
  writer.write(ramp(1, 5000));
  writer.play();
  take(reader, 128);
  writer.reset();
  expect([writer.played, writer.filled]).toEqual([0, 0]);
  // A reader that had begun before the stop ends after it.
  expect(take(reader, 128)).toEqual(Array.from({ length: 128 }, () => 0));
  writer.write(ramp(900, 1000));
  writer.play();
  expect(take(reader, 2)).toEqual([900, 901]);
  expect(writer.played).toBe(2);
});

test('an edit replaces what is not about to be heard', () => {
  const { writer, reader } = bothEnds();
  writer.reset();
  writer.write(ramp(0, 40_000));
  writer.play();
  take(reader, 1000);
  writer.takeBack();
  const { end } = writer;
  expect(end).toBeLessThan(10_000);
  writer.write(ramp(90_000, 1000));
  expect(take(reader, end - 1000 + 1).slice(-2)).toEqual([end - 1, 90_000]);
});

test('time runs evenly though samples go in bursts, and stands where they do', () => {
  const clock = new SoundClock(48_000);
  const times: number[] = [];
  for (let frame = 1; frame < 240; frame++) {
    const now = (frame * 1000) / 60;
    times.push(clock.at(now, Math.floor((now * 48) / 1536) * 1536));
  }
  const steps = times.slice(30).map((time, i) => time - (times[29 + i] ?? 0));
  expect(Math.min(...steps)).toBeGreaterThan(650);
  expect(Math.max(...steps)).toBeLessThan(950);
  const last = times.at(-1) ?? 0;
  for (let frame = 240; frame < 480; frame++) clock.at((frame * 1000) / 60, 190_000);
  expect(clock.at(9000, 190_000)).toBeLessThanOrEqual(190_000 + 1536);
  expect(clock.at(9000, 190_000)).toBeGreaterThan(last);
});
