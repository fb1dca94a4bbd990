/** The bar between two panels: dragged, or moved by arrows; a double click restores the usual size. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import './splitter.css';

const keyStep = 16;

export function Splitter({ label, isVertical, size, least, most, usual, direction, onSize }: {
  readonly label: string;
  /** The bar stands upright and is moved sideways. */
  readonly isVertical: boolean;
  /** CSS pixels of the panel that it sizes. */
  readonly size: number;
  readonly least: number;
  readonly most: number;
  readonly usual: number;
  /** 1: the panel lies before the bar; -1: behind it. */
  readonly direction: 1 | -1;
  readonly onSize: (size: number) => void;
}) {
  const drag = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const set = (wanted: number): void => { onSize(Math.round(Math.min(Math.max(wanted, least), most))); };
  const place = (event: PointerEvent): number => (isVertical ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = isVertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const sign = event.key === more ? direction : event.key === less ? -direction : 0;
    if (event.key === 'Home') set(least);
    else if (event.key === 'End') set(most);
    else if (sign === 0) return;
    else set(size + sign * keyStep);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="separator" tabIndex={0} className="splitter" data-vertical={isVertical} aria-label={label} aria-orientation={isVertical ? 'vertical' : 'horizontal'}
      aria-valuenow={size} aria-valuemin={least} aria-valuemax={most} onKeyDown={onKeyDown} onDoubleClick={() => { set(usual); }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at: place(event), size };
      }}
      onPointerMove={(event) => { if (drag.current) set(drag.current.size + direction * (place(event) - drag.current.at)); }}
      onPointerUp={() => { drag.current = null; }}
      onPointerCancel={() => { drag.current = null; }}
    />
  );
}
