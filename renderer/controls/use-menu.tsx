/** A component's own menu: where it is open, and the element to render. */
import { useCallback, useState, type ReactNode } from 'react';
import { Menu, type MenuEntry, type MenuPlace } from './Menu.tsx';

export function useMenu(label: string, entries: () => readonly MenuEntry[]): { readonly menu: ReactNode; readonly isOpen: boolean; readonly openAt: (place: MenuPlace) => void; readonly openUnder: (element: HTMLElement) => void } {
  const [place, setPlace] = useState<MenuPlace | null>(null);
  const onClose = useCallback(() => { setPlace(null); }, []);
  return {
    menu: place && <Menu label={label} place={place} entries={entries()} onClose={onClose} />,
    isOpen: place !== null,
    openAt: setPlace,
    openUnder: (element) => {
      const { left, bottom } = element.getBoundingClientRect();
      setPlace({ x: left, y: bottom + 2 });
    },
  };
}
