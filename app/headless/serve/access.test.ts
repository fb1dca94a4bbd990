import { expect, test } from 'vitest';
import { mayConnect, refuse, takeToken, type Access } from './access.ts';

const access: Access = { token: 'secret', hosts: new Set(['127.0.0.1:8000', 'localhost:8000']), cookie: 'stringout-8000' };
const cookie = 'other=1; stringout-8000=secret';

function ask(headers: Readonly<Record<string, string>>, method = 'GET', path = '/'): number | null {
  const request = new Request(`http://127.0.0.1:8000${path}`, { method });
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return refuse(request, access)?.status ?? null;
}

test('lets in who was opened with the token, under our own name', () => {
  expect(ask({ host: '127.0.0.1:8000', cookie })).toBeNull();
});

test.each([
  ['another name that leads to this address', { host: 'evil.example:8000', cookie }, 421],
  ['no name', { cookie }, 421],
  ['a page of another site', { host: '127.0.0.1:8000', origin: 'http://evil.example', cookie }, 403],
  ['a page of another port', { host: '127.0.0.1:8000', origin: 'http://127.0.0.1:9000', cookie }, 403],
  ['no cookie', { host: '127.0.0.1:8000' }, 401],
  ['a wrong token', { host: '127.0.0.1:8000', cookie: 'stringout-8000=secre' }, 401],
  ["another port's cookie", { host: '127.0.0.1:8000', cookie: 'stringout-9000=secret' }, 401],
])('refuses %s', (_name, headers, status) => {
  expect(ask({ ...headers })).toBe(status);
});

test('only reads over HTTP', () => {
  expect(ask({ host: '127.0.0.1:8000', cookie }, 'POST')).toBe(405);
});

test('the token in the opened address becomes a cookie and goes out of sight', () => {
  const open = (token: string): Response | null => takeToken(new Request(`http://127.0.0.1:8000/?token=${token}&project=%2Ffilm`, { headers: { host: '127.0.0.1:8000' } }), access);
  const response = open('secret');
  expect([response?.status, response?.headers.get('location')]).toEqual([302, '/?project=%2Ffilm']);
  expect(response?.headers.get('set-cookie')).toMatch(/^stringout-8000=secret; HttpOnly; SameSite=Strict/);
  expect(open('guess')?.status).toBe(401);
});

test('a web socket needs our own origin as well', () => {
  const own = { host: 'localhost:8000', origin: 'http://localhost:8000', cookie };
  expect(mayConnect(own, access)).toBe(true);
  expect(mayConnect({ ...own, origin: undefined }, access)).toBe(false);
  expect(mayConnect({ ...own, origin: 'http://localhost:8001' }, access)).toBe(false);
  expect(mayConnect({ ...own, cookie: undefined }, access)).toBe(false);
});
