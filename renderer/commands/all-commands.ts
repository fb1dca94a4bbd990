/** The registry: every action once. Names that are given twice throw when the page starts. */
import { binCommands } from './bin-commands.ts';
import type { EditorCommand } from './command.ts';
import { editCommands } from './edit-commands.ts';
import { playbackCommands } from './playback-commands.ts';
import { versionCommands } from './version-commands.ts';
import { viewCommands } from './view-commands.ts';

export const allCommands: readonly EditorCommand[] = [...viewCommands, ...editCommands, ...playbackCommands, ...binCommands, ...versionCommands];

const byId = new Map<string, EditorCommand>();
const byKeys = new Map<string, EditorCommand[]>();
for (const command of allCommands) {
  if (byId.has(command.id)) throw new Error(`two commands are called ${command.id}`);
  byId.set(command.id, command);
  for (const keys of command.keys) {
    const same = byKeys.get(keys) ?? [];
    const clash = same.find(({ area }) => area === command.area || area === undefined || command.area === undefined);
    if (clash) throw new Error(`${command.id} and ${clash.id} have the same keys: ${keys}`);
    byKeys.set(keys, [...same, command]);
  }
}

/** Throws where there is none: ids stand in the code. */
export function commandOf(id: string): EditorCommand {
  const command = byId.get(id);
  if (!command) throw new Error(`there is no command ${id}`);
  return command;
}

/** Null where no command has these keys here. */
export function commandForKeys(keys: string, area: string): EditorCommand | null {
  const found = byKeys.get(keys) ?? [];
  return found.find((command) => command.area === area) ?? found.find((command) => command.area === undefined) ?? null;
}
