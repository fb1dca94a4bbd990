/**
 * Who may talk to the HTTP host: a browser that was opened with the token, under exactly our own name. The Host check stops DNS rebinding,
 * the Origin check stops other sites' pages, the cookie everybody else.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

export type Access = {
  readonly token: string;
  /** "127.0.0.1:8123" and the like: what a browser may write as Host. */
  readonly hosts: ReadonlySet<string>;
  /** Ports have their own cookies' names: two hosts on one machine do not throw each other out. */
  readonly cookie: string;
};

/** Null: let in. Else the answer. */
export function refuse(request: Request, access: Access): Response | null {
  const host = request.headers.get('host') ?? '';
  if (!access.hosts.has(host)) return new Response('this host is not known by that name\n', { status: 421 });
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && new URL(request.url).pathname.startsWith('/review/')) return null; // its signature is its key
  const origin = request.headers.get('origin');
  if (origin !== null && !isOwnOrigin(origin, host)) return new Response('requests from other sites are refused\n', { status: 403 });
  if (!isRead) return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  if (!hasToken(readCookie(request.headers.get('cookie'), access.cookie), access.token)) {
    return new Response('open the address that `stringout serve` printed: it holds the key to this editor\n', { status: 401 });
  }
  return null;
}

/** The opened address holds the token once: it is kept as a cookie and taken out of sight. Null: an ordinary request. */
export function takeToken(request: Request, access: Access): Response | null {
  const url = new URL(request.url);
  const token = url.searchParams.get('token');
  if (token === null || url.pathname !== '/' || !access.hosts.has(request.headers.get('host') ?? '')) return null;
  if (!hasToken(token, access.token)) return new Response('the key in this address is not this editor\'s\n', { status: 401 });
  url.searchParams.delete('token');
  return new Response(null, {
    status: 302,
    headers: { location: `/${url.search}`, 'set-cookie': `${access.cookie}=${access.token}; HttpOnly; SameSite=Strict; Path=/`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}

/** A web socket must come from our own page. */
export function mayConnect(headers: { readonly host?: string | undefined; readonly origin?: string | undefined; readonly cookie?: string | undefined }, access: Access): boolean {
  const { host = '', origin, cookie } = headers;
  return access.hosts.has(host) && origin !== undefined && isOwnOrigin(origin, host) && hasToken(readCookie(cookie ?? null, access.cookie), access.token);
}

function isOwnOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}`;
}

function hasToken(given: string | null, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(token));
}

function readCookie(header: string | null, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name) return value.join('=');
  }
  return null;
}
