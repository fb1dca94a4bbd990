/** A menu at a place: of the right mouse button, or under a button. Arrows, Home, End, first letters; Escape and a click elsewhere close it. */
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { commandOf } from '../commands/all-commands.ts';
import { shownKeys } from '../commands/keys.ts';
import { runCommand } from '../commands/run-command.ts';
import { useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Icon } from './Icon.tsx';
import './menu.css';

export type MenuEntry =
  /** A command of the registry, or "separator". */
  | string
  | { readonly label: string; readonly isOn?: boolean; readonly isDisabled?: boolean; readonly run: () => void };

export type MenuPlace = { readonly x: number; readonly y: number };

export function Menu({ label, place, entries, onClose }: {
  readonly label: string;
  readonly place: MenuPlace;
  readonly entries: readonly MenuEntry[];
  readonly onClose: () => void;
}) {
  const session = useSession();
  const ref = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    before.current = document.activeElement;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(4, Math.min(place.x, innerWidth - width - 4))}px`;
    menu.style.top = `${Math.max(4, place.y + height > innerHeight - 4 ? place.y - height : place.y)}px`;
    items(menu)[0]?.focus();
    return () => { if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus(); };
  }, [place]);
  useEffect(() => {
    const onPress = (event: PointerEvent): void => { if (event.target instanceof Node && !ref.current?.contains(event.target)) onClose(); };
    document.addEventListener('pointerdown', onPress, true);
    addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      removeEventListener('blur', onClose);
    };
  }, [onClose]);
  const close = (run: () => void): void => {
    onClose();
    run();
  };
  return (
    <div ref={ref} className="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={(event) => { onMenuKey(event, onClose); }} onContextMenu={(event) => { event.preventDefault(); }}>
      {entries.map((entry, index) => {
        if (entry === 'separator') return <div key={`separator ${String(index)}`} role="separator" className="menu-separator" />;
        if (typeof entry !== 'string') {
          return (
            <button
              key={entry.label} type="button" className="menu-item" tabIndex={-1} disabled={entry.isDisabled ?? false} role={entry.isOn === undefined ? 'menuitem' : 'menuitemcheckbox'}
              aria-checked={entry.isOn} onClick={() => { close(entry.run); }}
            >
              <span className="menu-check">{entry.isOn && <Icon name="check" />}</span>
              {entry.label}
            </button>
          );
        }
        const command = commandOf(entry);
        return (
          <button key={entry} type="button" role="menuitem" className="menu-item" tabIndex={-1} disabled={!command.isEnabled(session)} onClick={() => { close(() => { runCommand(session, command); }); }}>
            <span className="menu-check" />
            {text(command.title)}
            {command.keys[0] !== undefined && <span className="menu-keys">{shownKeys(command.keys[0]).join(' ')}</span>}
          </button>
        );
      })}
    </div>
  );
}

function items(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-item:not(:disabled)')];
}

function onMenuKey(event: KeyboardEvent<HTMLElement>, onClose: () => void): void {
  event.stopPropagation();
  const all = items(event.currentTarget);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = (index: number): void => {
    event.preventDefault();
    all.at(index % all.length)?.focus();
  };
  switch (event.key) {
    case 'ArrowDown': to(at + 1); return;
    case 'ArrowUp': to(at - 1); return;
    case 'Home': to(0); return;
    case 'End': to(-1); return;
    case 'Escape': case 'Tab':
      event.preventDefault();
      onClose();
      return;
    default: {
      if (event.key.length !== 1 || event.key === ' ') return;
      const begins = (item: HTMLElement): boolean => (item.textContent).toLowerCase().startsWith(event.key.toLowerCase());
      const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find(begins);
      next?.focus();
    }
  }
}
