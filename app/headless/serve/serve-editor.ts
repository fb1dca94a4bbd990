/** `stringout serve`: the editor for a browser. Loopback and a token unless told otherwise; one origin for interface, media and messages. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { WebSocketServer } from 'ws';
import { StringoutError } from '../../base/errors.ts';
import type { EditorHost } from '../../handlers/editor-host.ts';
import { mayConnect, refuse, takeToken, type Access } from './access.ts';
import { socketTransport } from './socket-transport.ts';

export type ServeOptions = {
  /** 0: any free one. */
  readonly port: number;
  readonly address: string;
  /** Null: one for this run. */
  readonly token: string | null;
};

export type Serving = {
  readonly origin: string;
  readonly token: string;
  /** What to open in a browser for a project. */
  addressFor(project: string): string;
  close(): Promise<void>;
};

/** A message is an edit or a list of paths; more is no message of ours. */
const largestMessage = 32 * 1024 * 1024;

export async function serveEditor(editor: EditorHost, options: ServeOptions): Promise<Serving> {
  const token = options.token ?? randomBytes(24).toString('base64url');
  const server = createServer();
  const port = await listen(server, options);
  const names = isLoopback(options.address) ? ['127.0.0.1', 'localhost', '[::1]'] : [options.address];
  const access: Access = { token, hosts: new Set(names.map((name) => `${name}:${port}`)), cookie: `stringout-${port}` };
  const origin = `http://${isLoopback(options.address) ? '127.0.0.1' : options.address}:${port}`;
  const answer = getRequestListener((request) => takeToken(request, access) ?? refuse(request, access) ?? editor.fetch(request));
  server.on('request', (request, response) => { void answer(request, response); });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  server.on('upgrade', (request: IncomingMessage, socket, head) => {
    const { host, origin: from, cookie } = request.headers;
    if (request.url !== '/rpc' || !mayConnect({ host, origin: from, cookie }, access)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => { editor.serve(socketTransport(connection)); });
  });
  return {
    origin, token,
    addressFor: (project) => `${origin}/?${new URLSearchParams({ token, project }).toString()}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

async function listen(server: Server, { port, address }: ServeOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new StringoutError('usage', `port ${port} is in use: choose another with --port`) : error);
    });
    server.listen(port, address, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function isLoopback(address: string): boolean {
  return address === '127.0.0.1' || address === 'localhost' || address === '::1';
}
