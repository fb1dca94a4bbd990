/** The editor's protocol over a web socket: one JSON text a message. A peer that stops answering is let go. */
import type { WebSocket } from 'ws';
import type { Transport } from '../../rpc/transport.ts';

const pingEveryMs = 15_000;
/** A page that reads nothing while events pile up is cut off, and comes back to load the project anew. */
const mostBuffered = 64 * 1024 * 1024;

export function socketTransport(socket: WebSocket): Transport {
  let isAlive = true;
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, pingEveryMs);
  timer.unref();
  socket.on('pong', () => { isAlive = true; });
  socket.on('close', () => { clearInterval(timer); });
  // A broken connection also closes.
  socket.on('error', () => { socket.terminate(); });
  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > mostBuffered) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    onMessage: (listener) => { socket.on('message', (data: Buffer) => { listener(parse(data)); }); },
    onClose: (listener) => { socket.on('close', listener); },
    close: () => { socket.close(); },
  };
}

/** What is no JSON fits no message either, and is refused as such. */
function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return null;
  }
}
