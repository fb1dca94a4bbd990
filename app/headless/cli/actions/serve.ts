import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StringoutError } from '../../../base/errors.ts';
import { EditorHost } from '../../../handlers/editor-host.ts';
import { launchBrowser } from '../../serve/launch-browser.ts';
import { serveEditor } from '../../serve/serve-editor.ts';
import { workerLauncher } from '../../launch-worker.ts';
import type { CliOptions } from '../cli-options.ts';
import { interruption } from '../interruption.ts';
import { makeOutput } from '../output.ts';

export type ServeCliOptions = Pick<CliOptions, 'cacheDir' | 'workers' | 'memory' | 'json'> & {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly root?: readonly string[];
  readonly open: boolean;
};

const interfaceFolder = fileURLToPath(new URL('../../../../out/renderer', import.meta.url));

/** Until interrupted. The project's file is made where there is none. */
export async function serveAction(project: string | undefined, options: ServeCliOptions): Promise<number> {
  if (!existsSync(join(interfaceFolder, 'index.html'))) throw new StringoutError('usage', 'the interface is not built yet: run `npm start`, which builds and opens it');
  const output = makeOutput(options.json);
  const roots = (options.root ?? [project === undefined ? '.' : dirname(project)]).map((folder) => resolve(folder));
  const path = resolve(project ?? join(roots[0] ?? '.', 'Untitled.stringout'));
  await mkdir(dirname(path), { recursive: true });
  const editor = await EditorHost.start({
    launcher: workerLauncher(), cacheDir: options.cacheDir ?? null, workers: options.workers ?? null, memoryMegabytes: options.memory,
    warn: (text) => { output.warn(text); }, host: 'browser', roots, interfaceFolder,
  });
  try {
    const serving = await serveEditor(editor, { port: options.port, address: options.host, token: options.token ?? null });
    const address = serving.addressFor(path);
    output.event({ event: 'serving', address });
    output.line(`the editor: ${address}`);
    output.line('open it in Chrome, Edge or Chromium; end with Ctrl+C');
    if (options.open) await launchBrowser(address);
    await new Promise<void>((end) => { interruption.signal.addEventListener('abort', () => { end(); }, { once: true }); });
    await serving.close();
    return 0;
  } finally {
    await editor.close();
  }
}
