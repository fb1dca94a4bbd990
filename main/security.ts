/**
 * What no page may do, whatever it holds: leave our origin, open windows, load from elsewhere, ask for devices. Electron allows most of it
 * where nobody says no.
 */
import { app, type Session, type WebContents, type WebPreferences } from 'electron';
import { isAllowedRequest, isOwn } from './own-address.ts';

/** Written out though some are defaults: a default that changes must not open anything. */
export const lockedPreferences: WebPreferences = {
  contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
  allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, safeDialogs: true, spellcheck: false,
};

/** The viewer's full screen, and copying a link. */
const allowedPermissions: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

/** Before the first page: every page that ever comes to be is locked in. */
export function lockAllContents(): void {
  app.on('web-contents-created', (_event, contents) => { lockContents(contents); });
}

function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => { if (!isOwn(event.url)) event.preventDefault(); });
  contents.on('will-redirect', (event) => { if (!isOwn(event.url)) event.preventDefault(); });
  contents.on('will-attach-webview', (event) => { event.preventDefault(); });
}

export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
    answer(allowedPermissions.has(permission) && isOwn(requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission) => allowedPermissions.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, answer) => { answer({ cancel: !isAllowedRequest(request.url) }); });
  // A still is saved from the page's own memory.
  session.on('will-download', (event, item) => { if (!isAllowedRequest(item.getURL())) event.preventDefault(); });
}
