/** One tooltip for the whole window: it shows what `data-tip` says of the element under the pointer or with the focus, after a moment. */
import { useEffect, useRef, useState } from 'react';
import './tooltips.css';

type Tip = { readonly words: string; readonly keys: string; readonly x: number; readonly y: number; readonly isAbove: boolean };

const waitMs = 450;
const barHeight = 40;

function tipOf(element: HTMLElement): Tip {
  const box = element.getBoundingClientRect();
  const isAbove = box.bottom + barHeight > innerHeight;
  return {
    words: element.dataset['tip'] ?? '', keys: element.dataset['keys'] ?? '', isAbove,
    x: Math.min(Math.max(box.left + box.width / 2, 80), innerWidth - 80), y: isAbove ? box.top - 6 : box.bottom + 6,
  };
}

export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null);
  const timer = useRef(0);
  useEffect(() => {
    const hide = (): void => {
      clearTimeout(timer.current);
      setTip(null);
    };
    const show = ({ target }: Event): void => {
      hide();
      const element = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
      if (element) timer.current = window.setTimeout(() => { if (element.isConnected) setTip(tipOf(element)); }, waitMs);
    };
    const onFocus = (event: Event): void => { if (event.target instanceof Element && event.target.matches(':focus-visible')) show(event); };
    document.addEventListener('pointerover', show);
    document.addEventListener('focusin', onFocus);
    for (const name of ['pointerdown', 'keydown', 'wheel', 'focusout']) document.addEventListener(name, hide, { passive: true });
    return () => {
      hide();
      document.removeEventListener('pointerover', show);
      document.removeEventListener('focusin', onFocus);
      for (const name of ['pointerdown', 'keydown', 'wheel', 'focusout']) document.removeEventListener(name, hide);
    };
  }, []);
  if (!tip) return null;
  return (
    // The same words stand in the element's own name: hidden here, they are not read twice.
    <div className="tooltip" aria-hidden="true" data-above={tip.isAbove} style={{ left: tip.x, top: tip.y }}>
      {tip.words}
      {tip.keys !== '' && <span className="tooltip-keys">{tip.keys}</span>}
    </div>
  );
}
