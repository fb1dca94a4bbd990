/** How evenly a page draws while something is done to it: intervals between animation frames, long frames, script. */
import type { Page } from 'playwright';
import { quantile } from './quantile.ts';

export type FrameTimes = {
  readonly median: number;
  readonly p95: number;
  /** Per cent of frames that took more than 25 ms. */
  readonly late: number;
  /** Longest animation frame, in ms; 0 where none was long. */
  readonly longest: number;
  /** Script a frame, in ms. */
  readonly script: number;
  readonly frames: number;
};

const begin = `(() => {
  const times = [];
  const long = [];
  const observer = new PerformanceObserver((list) => { for (const entry of list.getEntries()) long.push(entry.duration); });
  observer.observe({ type: 'long-animation-frame' });
  let running = true;
  const tick = (now) => { times.push(now); if (running) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  window.endFrameTimes = () => { running = false; observer.disconnect(); return { times, long }; };
})()`;

export async function frameTimes(page: Page, action: () => Promise<void>): Promise<FrameTimes> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Performance.enable');
  const script = async (): Promise<number> => (await debug.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  const before = await script();
  await page.evaluate(begin);
  await action();
  const { times, long } = await page.evaluate<{ times: number[]; long: number[] }>('window.endFrameTimes()');
  const spent = (await script()) - before;
  await debug.detach();
  const intervals = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  return {
    median: quantile(intervals, 0.5), p95: quantile(intervals, 0.95), late: (100 * intervals.filter((interval) => interval > 25).length) / Math.max(1, intervals.length),
    longest: Math.max(0, ...long), script: (1000 * spent) / Math.max(1, intervals.length), frames: intervals.length,
  };
}
