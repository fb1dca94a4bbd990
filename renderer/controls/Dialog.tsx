/** A modal dialog on the platform's own element: focus stays inside, Escape closes, the rest of the page is inert. */
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { text } from '../texts/text.ts';
import { Icon } from './Icon.tsx';
import './dialog.css';

/** Where the work in a dialog begins: not at the button that closes it. */
const firstField = '[role="listbox"], input[type="radio"]:checked, input:not([type="radio"]):not(:disabled), select, textarea, .dialog-footer .button-primary';

export type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the foot. */
  readonly footer?: ReactNode;
  readonly className?: string;
  /** Only for screen readers: the content says what it is. */
  readonly isTitleHidden?: boolean;
};

export function Dialog({ title, onClose, children, footer, className = '', isTitleHidden = false }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>(firstField)?.focus();
    }
    return () => { dialog?.close(); };
  }, []);
  return (
    <dialog
      ref={ref} className={`dialog ${className}`} aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => { if (event.target === event.currentTarget && isOutside(event.currentTarget, event)) onClose(); }}
    >
      <header className={isTitleHidden ? 'visually-hidden' : 'dialog-header'}>
        <h2 id={titleId}>{title}</h2>
        {!isTitleHidden && (
          <button type="button" className="icon-button" aria-label={text('dialog.close')} onClick={onClose}><Icon name="close" /></button>
        )}
      </header>
      {children}
      {footer !== undefined && <footer className="dialog-footer">{footer}</footer>}
    </dialog>
  );
}

/** The backdrop counts as the dialog: only the place tells. */
function isOutside(dialog: HTMLDialogElement, { clientX, clientY }: { readonly clientX: number; readonly clientY: number }): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
