/** The desktop's bridge, where this page runs in it: what the preload script offers as `window.stringout`, its pipe as a transport of the protocol. */
import type { DesktopBridge } from '../../app/contract/editor/desktop.ts';
import type { Transport } from '../../app/rpc/transport.ts';

export type Desktop = Omit<DesktopBridge, 'connect'> & { connect(): Transport };

export function desktopBridge(): Desktop | null {
  const bridge = (globalThis as { stringout?: DesktopBridge }).stringout;
  return bridge ? { ...bridge, connect: () => pipeTransport(bridge) } : null;
}

/** The same texts as over a web socket. */
function pipeTransport(bridge: DesktopBridge): Transport {
  const pipe = bridge.connect();
  return {
    send: (message) => { pipe.send(JSON.stringify(message)); },
    onMessage: (listener) => { pipe.onMessage((text) => { listener(JSON.parse(text)); }); },
    onClose: (listener) => { pipe.onClose(listener); },
    close: () => { pipe.close(); },
  };
}
