/** How evenly the window is drawn: intervals of the last frames. It measures only while it is shown, and draws itself four times a second. */
import { useEffect, useRef } from 'react';
import { text } from '../texts/text.ts';

const kept = 48;
const drawEveryMs = 250;
/** Two frames of 60 a second. */
const tallMs = 33;

export function FrameMeter() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const number = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const intervals: number[] = [];
    let last = 0;
    let drawn = 0;
    let request = 0;
    const frame = (now: number): void => {
      if (last !== 0) intervals.push(now - last);
      if (intervals.length > kept) intervals.shift();
      last = now;
      if (now - drawn > drawEveryMs) {
        drawn = now;
        if (canvas.current) draw(canvas.current, intervals);
        const mean = intervals.reduce((sum, each) => sum + each, 0) / Math.max(1, intervals.length);
        if (number.current) number.current.textContent = mean > 0 ? text('meter.fps', { fps: Math.round(1000 / mean) }) : '';
      }
      request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
    return () => { cancelAnimationFrame(request); };
  }, []);
  return (
    <div className="frame-meter" role="img" aria-label={text('meter.label')} data-tip={text('meter.tip')}>
      <canvas ref={canvas} width={kept * 2} height={32} aria-hidden="true" />
      <span ref={number} className="frame-meter-number" aria-hidden="true" />
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, intervals: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  intervals.forEach((interval, index) => {
    const height = Math.min(1, interval / tallMs) * canvas.height;
    context.fillStyle = interval > 25 ? '#ec8577' : interval > 17.5 ? '#e0b354' : '#5dbd8a';
    context.fillRect(index * 2, canvas.height - height, 1, height);
  });
}
