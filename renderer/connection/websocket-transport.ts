/** The protocol's messages as JSON over one WebSocket of the page's own origin. */
import type { Transport } from '../../app/rpc/transport.ts';

export function webSocketTransport(address: string): Transport {
  const socket = new WebSocket(address);
  const waiting: string[] = [];
  socket.addEventListener('open', () => {
    for (const message of waiting.splice(0)) socket.send(message);
  });
  return {
    send: (message) => {
      const json = JSON.stringify(message);
      if (socket.readyState === WebSocket.OPEN) socket.send(json);
      else waiting.push(json);
    },
    onMessage: (listener) => {
      socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(parsed(data));
      });
    },
    onClose: (listener) => { socket.addEventListener('close', () => { listener(); }, { once: true }); },
    close: () => { socket.close(); },
  };
}

/** What is no JSON becomes null, which fits no message and is dropped by the protocol. */
function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
