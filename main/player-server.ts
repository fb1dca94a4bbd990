/** Review links for players elsewhere on this machine, which know no scheme of ours: loopback HTTP that answers signed links and nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

export class PlayerServer {
  readonly #fetch: (request: Request) => Promise<Response>;
  #origin: Promise<string> | null = null;
  #server = createServer();

  constructor(fetch: (request: Request) => Promise<Response>) {
    this.#fetch = fetch;
  }

  /** Listens from the first link on. */
  async addressOf(path: string): Promise<string> {
    this.#origin ??= this.#listen();
    return `${await this.#origin}${path}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #listen(): Promise<string> {
    const answer = getRequestListener((request) => this.#answer(request));
    this.#server.on('request', (request, response) => { void answer(request, response); });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, hostname } = new URL(request.url);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    // The exact host name stops pages of other sites whose name leads here.
    return isRead && hostname === '127.0.0.1' && pathname.startsWith('/review/') ? this.#fetch(request) : new Response('not found\n', { status: 404 });
  }
}
