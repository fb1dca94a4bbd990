/** A button that runs a command of the registry: its name, its keys and whether it can be pressed come from there. */
import { useSyncExternalStore, type ReactNode } from 'react';
import { commandOf } from '../commands/all-commands.ts';
import { shownKeys, spokenKeys } from '../commands/keys.ts';
import { runCommand } from '../commands/run-command.ts';
import type { Session } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Icon, type IconName } from './Icon.tsx';

/** Commands look at these stores; whoever shows one asks again when they change. */
function subscribe(session: Session, listener: () => void): () => void {
  const offs = [session.project.subscribe(listener), session.selection.subscribe(listener), session.ui.subscribe(listener)];
  return () => { offs.forEach((off) => { off(); }); };
}

export function useIsEnabled(id: string): boolean {
  const session = useSession();
  return useSyncExternalStore((listener) => subscribe(session, listener), () => commandOf(id).isEnabled(session));
}

export type CommandButtonProps = {
  readonly id: string;
  readonly icon?: IconName;
  readonly isFilled?: boolean;
  /** For switches: whether it is on. */
  readonly isOn?: boolean | undefined;
  readonly className?: string;
  /** Words instead of the command's own, as in "Undo trim". */
  readonly label?: string | undefined;
  readonly children?: ReactNode;
};

export function CommandButton({ id, icon, isFilled, isOn, className, label, children }: CommandButtonProps) {
  const session = useSession();
  const isEnabled = useIsEnabled(id);
  const { title, keys: [keys] } = commandOf(id);
  const name = label ?? text(title);
  return (
    <button
      type="button" className={className ?? 'icon-button'} disabled={!isEnabled} aria-label={children === undefined ? name : undefined} aria-pressed={isOn}
      aria-keyshortcuts={keys === undefined ? undefined : spokenKeys(keys)} data-tip={name} data-keys={keys === undefined ? undefined : shownKeys(keys).join(' ')}
      onClick={() => { runCommand(session, id); }}
    >
      {icon && <Icon name={icon} isFilled={isFilled ?? false} />}
      {children}
    </button>
  );
}
