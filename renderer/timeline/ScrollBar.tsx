/** Where in the programme the window is. Placed from outside React at every scroll. */
import { useRef, type PointerEvent, type RefObject } from 'react';
import type { Viewport } from './geometry.ts';

const leastThumb = 28;

export function placeScrollBar(thumb: HTMLElement, view: Viewport, content: number): void {
  const width = Math.max(leastThumb, (view.width / content) * view.width);
  const room = view.width - width;
  const most = content - view.width;
  thumb.style.width = `${String(width)}px`;
  thumb.style.transform = `translateX(${String(most > 0 ? (view.scrollX / most) * room : 0)}px)`;
  thumb.style.opacity = most > 1 ? '1' : '0';
}

/** `scrollTo` is told a part of the programme, 0..1, for the window's left edge. */
export function ScrollBar({ thumb, scrollTo }: { readonly thumb: RefObject<HTMLDivElement | null>; readonly scrollTo: (part: number) => void }) {
  const grip = useRef<number | null>(null);
  const part = ({ currentTarget, clientX }: PointerEvent, offset: number): number => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return (clientX - left - offset) / width;
  };
  const press = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = thumb.current?.getBoundingClientRect();
    const isOnThumb = box !== undefined && event.clientX >= box.left && event.clientX <= box.right;
    grip.current = box ? (isOnThumb ? event.clientX - box.left : box.width / 2) : 0;
    if (!isOnThumb) scrollTo(part(event, grip.current));
  };
  return (
    <div
      className="timeline-scroll" aria-hidden="true" onPointerDown={press} onPointerMove={(event) => { if (grip.current !== null) scrollTo(part(event, grip.current)); }}
      onPointerUp={() => { grip.current = null; }} onPointerCancel={() => { grip.current = null; }}
    >
      <div ref={thumb} className="timeline-thumb" />
    </div>
  );
}
