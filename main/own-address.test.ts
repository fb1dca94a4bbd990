import { expect, test } from 'vitest';
import { addressFor, isAllowedRequest, isOwn } from './own-address.ts';

test('a project with any name has an address of our own that gives it back', () => {
  const project = '/films/50% & more #1?.stringout';
  expect(isOwn(addressFor(project))).toBe(true);
  expect(new URL(addressFor(project)).searchParams.get('project')).toBe(project);
});

test.each(['app://bundle.evil.example/', 'app://other/', 'https://bundle/', 'file:///etc/passwd', 'app:bundle', 'javascript:alert(1)', 'not an address', 'app://bundle:99/', 'app://user@evil/'])('%s is not ours', (address) => {
  expect(isOwn(address)).toBe(false);
});

test.each([
  ['app://bundle/media/1/thumb', true], ['blob:app://bundle/0b5c', true], ['data:image/png;base64,AA', true], ['blob:https://evil.example/1', false], ['https://evil.example/', false],
  ['http://127.0.0.1:80/', false], ['ws://localhost/', false], ['file:///etc/passwd', false],
])('a page asks for %s: %s', (address, isAllowed) => {
  expect(isAllowedRequest(address)).toBe(isAllowed);
});
