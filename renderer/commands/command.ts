/** What a command is: one action of the user's, whatever starts it: a key, a menu, the palette, the desktop's menu bar. */
import type { Session } from '../session/session.ts';
import type { TextKey } from '../texts/text.ts';

export type CommandGroup = 'file' | 'edit' | 'playback' | 'marks' | 'timeline' | 'tools' | 'bin' | 'view' | 'help';

export type EditorCommand = {
  /** Never changes: the desktop's menu and the user's habits hold on to it. */
  readonly id: string;
  readonly title: TextKey;
  readonly group: CommandGroup;
  /** As in "Mod+Shift+Z": Mod is Command on a Mac, Control elsewhere. The first is shown. */
  readonly keys: readonly string[];
  /** Only where the user last worked there; commands of two areas may share keys. */
  readonly area?: 'bin' | 'timeline';
  readonly isEnabled: (session: Session) => boolean;
  readonly run: (session: Session) => void | Promise<unknown>;
};

export const always = (): boolean => true;
export const canChange = (session: Session): boolean => session.project.getState().phase === 'ready' && session.project.getState().readOnly === null;
export const hasProgramme = (session: Session): boolean => session.playback.length > 0;
export const hasClips = (session: Session): boolean => session.selection.getState().clipIds.size > 0;
export const hasShots = (session: Session): boolean => session.selection.getState().shotIds.size > 0;
export const both = (...conditions: readonly ((session: Session) => boolean)[]) => (session: Session): boolean => conditions.every((condition) => condition(session));
