/** The worker's way to its host: the channel of a forked Node process, or the port of Electron's utility process. */

/** What of Electron's `process.parentPort` is used; only main/ may import Electron, for its types too. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
};

export type ParentLink = {
  /** A message to a host that is gone is dropped. Throws where the message cannot be cloned. */
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The host is gone. A utility process needs no telling: Electron ends it. */
  onGone(listener: () => void): void;
};

export function parentLink(): ParentLink {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  return port ? {
    send: (message) => { port.postMessage(message); },
    onMessage: (listener) => { port.on('message', ({ data }) => { listener(data); }); },
    onGone: () => undefined,
  } : {
    send: (message) => {
      if (process.connected) process.send?.(message, () => undefined); // a channel that closes meanwhile is told by 'disconnect'
    },
    onMessage: (listener) => { process.on('message', listener); },
    onGone: (listener) => { process.on('disconnect', listener); },
  };
}
