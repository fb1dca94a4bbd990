/** Runs commands, from wherever they are asked for. What goes wrong becomes a notice. */
import type { Session } from '../session/session.ts';
import { commandForKeys, commandOf } from './all-commands.ts';
import type { EditorCommand } from './command.ts';
import { pressedKeys } from './keys.ts';

export function runCommand(session: Session, command: EditorCommand | string): void {
  const { isEnabled, run } = typeof command === 'string' ? commandOf(command) : command;
  if (!isEnabled(session)) return;
  Promise.resolve(run(session)).catch((error: unknown) => { session.fail(error); });
}

/** Typing belongs to the field, and so do the keys by which a control is worked. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open], [role="menu"]')) return true;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type) || event.key === ' ' || event.key.startsWith('Arrow');
  return target.matches('button, a, [role="separator"]') && (event.key === 'Enter' || event.key === ' ');
}

/** Keys that are for the window even while text is typed. */
const everywhere = new Set(['Mod+K', 'Mod+Shift+P', 'Mod+E', 'Mod+I', 'Mod+J', 'Mod+F', 'Mod+Comma']);

/** The one keyboard handler. Returns what takes it off again. */
export function listenToKeys(session: Session): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = pressedKeys(event);
    const isInDialog = event.target instanceof HTMLElement && event.target.closest('dialog[open]') !== null;
    if (isTaken(event) && (isInDialog || !everywhere.has(keys))) return;
    const command = commandForKeys(keys, session.selection.getState().area);
    if (!command) {
      // A number begins a timecode: the field is there before the letter is.
      if (/^\d$/.test(keys)) document.querySelector<HTMLElement>('[data-timecode]')?.focus();
      return;
    }
    event.preventDefault();
    runCommand(session, command);
  };
  document.addEventListener('keydown', onKey);
  return () => { document.removeEventListener('keydown', onKey); };
}
