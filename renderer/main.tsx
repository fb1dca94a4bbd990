/** The page's start: the project that the address names, the connection to its host, the editor. */
// The ground first: what folders say of their own parts comes after it.
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/form.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RpcClient } from '../app/rpc/rpc-client.ts';
import { desktopBridge } from './connection/desktop.ts';
import { webSocketTransport } from './connection/websocket-transport.ts';
import { App } from './layout/App.tsx';
import { ErrorBoundary } from './layout/ErrorBoundary.tsx';
import { Session } from './session/session.ts';
import { SessionContext } from './session/use-session.ts';

const desktop = desktopBridge();
const project = new URLSearchParams(location.search).get('project') ?? '';
const socketAddress = `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/rpc`;
const client = new RpcClient(() => desktop?.connect() ?? webSocketTransport(socketAddress), project);
const session = new Session(client, desktop, localStorage);
client.open();

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <SessionContext value={session}>
        <App />
      </SessionContext>
    </ErrorBoundary>
  </StrictMode>,
);
