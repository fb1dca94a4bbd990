/** Electron's main process: the desktop's composition root. Before `ready` what must be said early; then one `Desktop`. */
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import { Desktop } from './desktop.ts';
import { fileLog } from './log.ts';
import { scheme } from './own-address.ts';
import { projectArgument } from './project-argument.ts';
import { lockAllContents } from './security.ts';

const warn = fileLog(join(app.getPath('userData'), 'logs', 'main.log'));
process.on('uncaughtException', (error) => {
  warn(`uncaught: ${error.stack ?? error.message}`);
  // Said, and survived where it can be: every edit is in the project's file already.
  dialog.showErrorBox('Something went wrong', `${error.message}\n\nIt stands in the log (Help, Show the log). Edits are safe.`);
});
process.on('unhandledRejection', (reason) => { warn(`not handled: ${reason instanceof Error ? reason.stack ?? reason.message : String(reason)}`); });

app.enableSandbox();
// Windows shows notifications only of programs that it knows by the name of their package (electron-builder.yml).
if (process.platform === 'win32') app.setAppUserModelId('org.stringout.editor');
protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, stream: true, supportFetchAPI: true, codeCache: true } }]);
lockAllContents();

if (app.requestSingleInstanceLock()) start();
else app.quit(); // the first instance is told what this one was to open

function start(): void {
  const asked: string[] = [projectArgument(process.argv, process.cwd())].filter((path) => path !== null);
  let desktop: Desktop | null = null;
  const open = (project: string): void => {
    if (desktop) desktop.open(project);
    else asked.push(project);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    open(path);
  });
  app.on('second-instance', (_event, argv, folder) => {
    const project = projectArgument(argv, folder);
    if (project === null) desktop?.bringForward();
    else open(project);
  });
  app.whenReady().then(async () => {
    desktop = await Desktop.start({ outFolder: join(import.meta.dirname, '..'), warn });
    desktop.openFirst(asked);
  }).catch((error: unknown) => {
    warn(`could not start: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
    dialog.showErrorBox('Stringout could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
}
