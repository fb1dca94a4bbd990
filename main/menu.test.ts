import { readdirSync, readFileSync } from 'node:fs';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate, type MenuActions } from './menu.ts';

const commandFolder = new URL('../renderer/commands/', import.meta.url);

/** Every item, submenus included. */
function flatten(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}

test.each([true, false])('every command of the menu bar is one that the page knows (on a Mac: %s)', (isMac) => {
  const asked: string[] = [];
  const nothing = (): void => undefined;
  const actions: MenuActions = { newProject: nothing, openProject: nothing, open: nothing, clearRecent: nothing, showLog: nothing, command: (id) => { asked.push(id); } };
  for (const { click } of flatten(menuTemplate({ isMac, recent: ['/films/a.stringout'], isPackaged: true, actions }))) (click as (() => void) | undefined)?.();
  const source = readdirSync(commandFolder).map((name) => readFileSync(new URL(name, commandFolder), 'utf8')).join('\n');
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter((id) => !source.includes(`'${id}'`))).toEqual([]);
});
