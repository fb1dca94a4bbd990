/** The interface's own files, with the headers that shut it in: nothing from elsewhere, nothing inline, isolated for shared memory. */
import { extname, join, normalize, sep } from 'node:path';
import { rangeFile } from './range-file.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.map': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.ico': 'image/x-icon',
};

/** React sets styles of elements, which is `style-src-attr`; blob: holds pictures that the page made itself. */
const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "worker-src 'self'", "style-src 'self'", "style-src-attr 'unsafe-inline'", "img-src 'self' blob: data:",
  "media-src 'self' blob:", "connect-src 'self'", "font-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ');

/** COOP and COEP give the page SharedArrayBuffer. */
export const isolation: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
};

export async function staticFile(request: Request, folder: string): Promise<Response> {
  const { pathname } = new URL(request.url);
  const name = decodePath(pathname);
  if (name === null) return new Response('not found', { status: 404 });
  const path = normalize(join(folder, name === '/' ? 'index.html' : name));
  if (!path.startsWith(folder + sep)) return new Response('not found', { status: 404 });
  const response = await rangeFile(request, path, types[extname(path)] ?? 'application/octet-stream');
  response.headers.set('content-security-policy', contentSecurityPolicy);
  for (const [header, value] of Object.entries(isolation)) response.headers.set(header, value);
  return response;
}

function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null; // a lone per cent sign
  }
}
