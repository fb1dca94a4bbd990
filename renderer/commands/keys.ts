/** Keys as they are written ("Mod+Shift+Z"), pressed, and shown ("Ctrl Shift Z", "⌘ ⇧ Z"). */

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const isMac = globalThis.navigator !== undefined && navigator.platform.startsWith('Mac');

/** Letters and digits by their place in the alphabet, not by what Shift or Alt makes of them. */
function nameOf({ key, code }: KeyPress): string {
  if (key === ' ') return 'Space';
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  if (code === 'Minus' || code === 'NumpadSubtract') return 'Minus';
  if (code === 'Equal' || code === 'NumpadAdd') return 'Plus';
  if (code === 'Slash') return 'Slash';
  if (code === 'Comma') return 'Comma';
  if (code === 'Period') return 'Period';
  if (code === 'Backslash') return 'Backslash';
  // An English letter is taken as it is laid out; a keyboard without them is read by the key's place.
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  return /^Key([A-Z])$/.exec(code)?.[1] ?? key;
}

/** The name under which commands are looked up. */
export function pressedKeys(press: KeyPress, mac = isMac): string {
  const parts = [];
  if (mac ? press.metaKey : press.ctrlKey) parts.push('Mod');
  if (mac && press.ctrlKey) parts.push('Ctrl');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey) parts.push('Shift');
  return [...parts, nameOf(press)].join('+');
}

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Ctrl: '⌃' };
const signs: Readonly<Record<string, string>> = {
  Mod: 'Ctrl', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Minus: '−', Plus: '+', Slash: '/', Comma: ',', Period: '.', Backslash: '\\', Delete: 'Del', Escape: 'Esc',
};

export function shownKeys(keys: string, mac = isMac): readonly string[] {
  return keys.split('+').map((part) => (mac ? macSigns[part] : undefined) ?? signs[part] ?? part);
}

/** For aria-keyshortcuts. */
export function spokenKeys(keys: string, mac = isMac): string {
  return keys.split('+').map((part) => (part === 'Mod' ? (mac ? 'Meta' : 'Control') : part)).join('+');
}
