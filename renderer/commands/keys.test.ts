import { expect, test } from 'vitest';
import { commandForKeys } from './all-commands.ts';
import { pressedKeys, type KeyPress } from './keys.ts';

const press = (key: string, code: string, part: Partial<KeyPress> = {}): KeyPress => ({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...part });

test('Control is the key of commands here, Command on a Mac', () => {
  expect(pressedKeys(press('z', 'KeyZ', { ctrlKey: true }), false)).toBe('Mod+Z');
  expect(pressedKeys(press('z', 'KeyZ', { metaKey: true }), true)).toBe('Mod+Z');
  expect(pressedKeys(press('Z', 'KeyZ', { metaKey: true, shiftKey: true }), true)).toBe('Mod+Shift+Z');
});

test('letters are taken as the keyboard is laid out, and by their place where it has none of ours', () => {
  expect(pressedKeys(press('z', 'KeyY'), false)).toBe('Z');
  expect(pressedKeys(press('л', 'KeyK'), false)).toBe('K');
  expect(pressedKeys(press('≈', 'KeyX', { altKey: true }), true)).toBe('Alt+X');
});

test('the same key does what fits the part of the window where the user works', () => {
  expect(commandForKeys('Delete', 'bin')?.id).toBe('shot.remove');
  expect(commandForKeys('Delete', 'timeline')?.id).toBe('clip.lift');
  expect(commandForKeys('Delete', 'viewer')).toBeNull();
  expect(commandForKeys('Space', 'bin')?.id).toBe('play.toggle');
});
