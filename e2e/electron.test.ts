/**
 * The desktop's contract with Electron: the built main process, preload script and interface on a stand-in for Electron in Debian's Chromium, or on
 * the real one by `npm run e2e:electron`. What only a real Electron can show is asserted as calls that were made.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { Place } from './fixtures/command.ts';
import { isRealElectron, launchDesktop, type DesktopApplication } from './fixtures/desktop-application.ts';
import { barCodes, codesOf } from './fixtures/judge.ts';
import { makeShot } from './fixtures/shots.ts';
import { run } from './fixtures/tools.ts';

type Recorded = { readonly name: string; readonly args: readonly unknown[] };

let place: Place;
let desktop: DesktopApplication;
let page: Page;
let project: string;
const complaints: string[] = [];
/** A hang guard. */
const timeout = { timeout: 60_000 };

beforeAll(async () => {
  place = new Place();
  for (const shot of [1, 2, 3]) makeShot(place.path('footage', `A00${shot}.mp4`), { shot, frames: 24 });
  project = place.path('film.stringout');
  desktop = await launchDesktop(place, [project]);
  page = await desktop.firstWindow();
  page.on('pageerror', ({ message }) => { complaints.push(message); });
});
afterAll(async () => {
  await desktop.close();
  place[Symbol.dispose]();
});

const chooseInMenu = (id: string): Promise<void> => desktop.evaluate(({ Menu }, item) => { Menu.getApplicationMenu()?.getMenuItemById(item)?.click(); }, id);
const log = (): string => existsSync(place.path('user-data/logs/main.log')) ? readFileSync(place.path('user-data/logs/main.log'), 'utf8') : '';
/** What the system was asked for, of that name; only the stand-in writes it down. */
const asked = (name: string): Promise<readonly Recorded['args'][]> => desktop.evaluate(
  (_electron, wanted) => (globalThis as unknown as { standInCalls: readonly Recorded[] }).standInCalls.filter((call) => call.name === wanted).map(({ args }) => args), name);

async function assembleAll(): Promise<void> {
  await chooseInMenu('shot.assemble');
  const dialog = page.getByRole('dialog', { name: 'Assemble' });
  await dialog.getByRole('radio', { name: 'All' }).check();
  await dialog.getByRole('button', { name: 'Assemble', exact: true }).click();
}

test('a project named on the command line opens in a window on our own scheme', async () => {
  await page.getByRole('heading', { name: 'Start a string-out' }).waitFor();
  const [address] = await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()), null);
  expect(address).toBe(`app://bundle/?${new URLSearchParams({ project }).toString()}`);
  expect(await page.evaluate('crossOriginIsolated')).toBe(true);
});

test('footage comes in by the system\'s dialog, and is assembled, undone and redone by the menu', async () => {
  await desktop.evaluate(({ dialog }, folder) => {
    dialog['showMessageBox'] = () => Promise.resolve({ response: 0 });
    dialog['showOpenDialog'] = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, place.path('footage'));
  await chooseInMenu('file.bringIn');
  await page.getByRole('complementary', { name: 'Jobs' }).getByText('3 shots brought in').waitFor();
  await assembleAll();
  await page.getByText(/^3 copied/).waitFor();
  await chooseInMenu('edit.undo');
  await page.getByText(/^3 copied/).waitFor({ state: 'detached' });
  await chooseInMenu('edit.redo');
  await page.getByText(/^3 copied/).waitFor();
  expect(complaints).toEqual([]);
});

test('an export goes where the system\'s dialog says, shows in the task bar, keeps the machine awake, and is told at its end', async () => {
  const output = place.path('out film.mp4');
  await desktop.evaluate(({ dialog, BrowserWindow }, filePath) => {
    dialog['showSaveDialog'] = () => Promise.resolve({ canceled: false, filePath });
    BrowserWindow.getAllWindows()[0]?.blur();
  }, output);
  await chooseInMenu('file.export');
  const dialog = page.getByRole('dialog', { name: 'Export movie' });
  await dialog.getByRole('radio', { name: 'MP4' }).check();
  await dialog.getByRole('button', { name: 'Choose…' }).click();
  await expect.poll(() => dialog.getByLabel('Destination').inputValue(), timeout).toBe(output);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('complementary', { name: 'Jobs' }).getByRole('listitem').filter({ hasText: 'out film.mp4' }).getByText(/^Done/).waitFor();
  expect(barCodes(output).codes).toEqual([1, 2, 3].flatMap((shot) => codesOf(shot, 0, 24)));
  if (isRealElectron) return;
  await expect.poll(async () => (await asked('window.setProgressBar')).at(-1), timeout).toEqual([-1]);
  expect((await asked('window.setProgressBar')).some(([progress]) => Number(progress) >= 0)).toBe(true);
  expect((await asked('powerSaveBlocker.start')).length).toBe((await asked('powerSaveBlocker.stop')).length);
  expect(await asked('Notification.show')).toEqual([[expect.objectContaining({ title: 'Export done' })]]);
  await page.getByRole('button', { name: 'Show in folder' }).click();
  await expect.poll(() => asked('shell.showItemInFolder'), timeout).toEqual([[output]]);
});

test('windows are isolated, sandboxed and without Node, and the bridge holds what the contract names', async () => {
  const [preferences] = await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getLastWebPreferences()), null);
  expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
  expect(await page.evaluate('[typeof require, typeof process, typeof module]')).toEqual(['undefined', 'undefined', 'undefined']);
  expect(await page.evaluate('Object.keys(stringout).sort()')).toEqual(['addressOf', 'chooseFolder', 'chooseMedia', 'chooseOutput', 'chooseTimeline', 'connect', 'onCommand', 'pathOf', 'showInFolder']);
});

test('a page cannot leave, open windows, run what is inline, or load from elsewhere', async () => {
  const address = page.url();
  await page.evaluate('location.href = "https://example.com/"; null');
  await page.evaluate('window.open("https://example.com/"); null');
  await page.evaluate('document.head.append(Object.assign(document.createElement("script"), { textContent: "globalThis.ranInline = true" })); null');
  expect(await page.evaluate('fetch("https://example.com/").then(() => "loaded", () => "refused")')).toBe('refused');
  expect(await page.evaluate('typeof ranInline')).toBe('undefined');
  expect(await page.evaluate('fetch("/", { method: "POST" }).then(({ status }) => status)')).toBe(404);
  expect(await page.evaluate('fetch("/..%2fmain%2fmain.js").then(({ status }) => status)')).toBe(404);
  // Each guard by itself: one of them would hide that another is missing.
  const prevented = await desktop.evaluate(({ BrowserWindow }) => {
    const asks = (name: string, url: string): boolean => {
      let isPrevented = false;
      BrowserWindow.getAllWindows()[0]?.webContents.emit(name, { url, preventDefault: () => { isPrevented = true; } });
      return isPrevented;
    };
    const elsewhere = ['https://example.com/', 'file:///etc/passwd', 'app://other/'];
    return [...elsewhere.flatMap((url) => [asks('will-navigate', url), asks('will-redirect', url)]), asks('will-attach-webview', 'app://bundle/'), asks('will-navigate', 'app://bundle/')];
  }, null);
  expect(prevented).toEqual([true, true, true, true, true, true, true, false]);
  if (!isRealElectron) await expect.poll(() => asked('window.open'), timeout).toEqual([[expect.any(String), 'deny']]);
  await expect.poll(() => desktop.windows().length, timeout).toBe(1);
  expect(page.url()).toBe(address);
});

test.skipIf(isRealElectron)('devices and permissions are refused, but full screen and copying of our own page', async () => {
  const answers = await desktop.evaluate(() => {
    const { permissionRequest, permissionCheck, devicePermission, request } = (globalThis as unknown as { standInHandlers: Record<string, (...args: readonly unknown[]) => unknown> }).standInHandlers;
    const ask = (permission: string, requestingUrl: string): unknown => {
      let answer: unknown = null;
      permissionRequest?.(null, permission, (value: unknown) => { answer = value; }, { requestingUrl });
      return answer;
    };
    const load = (url: string): unknown => {
      let answer: unknown = null;
      request?.({ url }, (value: unknown) => { answer = value; });
      return answer;
    };
    return [
      ['media', 'geolocation', 'notifications', 'openExternal'].map((name) => ask(name, 'app://bundle/')), ask('fullscreen', 'app://bundle/'), ask('fullscreen', 'https://evil.example/'),
      permissionCheck?.(null, 'hid'), devicePermission?.({}), load('https://evil.example/'), load('app://bundle/index.html'),
    ];
  }, null);
  expect(answers).toEqual([[false, false, false, false], true, false, false, false, { cancel: true }, { cancel: false }]);
});

test('messages that do not come from our page, or are not of its language, are refused and logged', async () => {
  await desktop.evaluate(({ ipcMain, BrowserWindow }) => {
    const sender = BrowserWindow.getAllWindows()[0]?.webContents;
    const own = { url: 'app://bundle/', parent: null };
    ipcMain.emit('shell.show', { sender, senderFrame: { url: 'https://evil.example/', parent: null } }, '/etc/passwd');
    ipcMain.emit('shell.show', { sender, senderFrame: { ...own, parent: own } }, '/etc/passwd');
    ipcMain.emit('shell.show', { sender: {}, senderFrame: own }, '/etc/passwd');
    ipcMain.emit('shell.show', { sender, senderFrame: null }, '/etc/passwd');
    ipcMain.emit('shell.show', { sender, senderFrame: own }, { path: '/etc/passwd' });
  }, null);
  expect(log().match(/a message on shell\.show from .* was refused/g)).toHaveLength(5);
  if (!isRealElectron) expect((await asked('shell.showItemInFolder')).flat()).not.toContain('/etc/passwd');
});

test('a second start hands its project to the first and ends', async () => {
  const second = launchDesktop(place, [place.path('other.stringout')]);
  await expect(second).rejects.toThrow(isRealElectron ? /./ : 'ended with 0');
  await desktop.evaluate(({ app }, [path, folder]) => { app.emit('second-instance', {}, ['stringout', path], folder); }, ['other.stringout', place.folder] as const);
  await expect.poll(() => desktop.windows().length, timeout).toBe(2);
  await desktop.windows().at(-1)?.getByRole('heading', { name: 'Start a string-out' }).waitFor();
  await desktop.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows().at(-1)?.close(); }, null);
  await expect.poll(() => desktop.windows().length, timeout).toBe(1);
  expect(existsSync(place.path('other.stringout'))).toBe(true);
});

test('a window whose process crashes is told of and comes back with every edit', async () => {
  await desktop.evaluate(({ dialog, BrowserWindow }) => {
    dialog['showMessageBox'] = () => Promise.resolve({ response: 0 });
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  }, null);
  await expect.poll(() => log(), timeout).toMatch(/the window's process crashed/);
  await expect.poll(() => desktop.windows().some((window) => window !== page), timeout).toBe(!isRealElectron);
  page = await desktop.firstWindow();
  await page.getByText(/^3 copied/).waitFor();
});

test('quitting asks while jobs run: they go on, or they end and can be resumed', async () => {
  const long = place.path('long.mp4');
  run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=24:duration=30', '-c:v', 'libx264', '-preset', 'ultrafast', long]);
  await desktop.evaluate(({ dialog }, path) => { dialog['showOpenDialog'] = () => Promise.resolve({ canceled: false, filePaths: [path] }); }, long);
  await chooseInMenu('file.bringIn');
  const jobs = page.getByRole('complementary', { name: 'Jobs' });
  await jobs.getByText(/^1 shots? brought in/).waitFor();
  await assembleAll();
  await page.getByText(/1 conformed/).waitFor();
  await chooseInMenu('file.export');
  const exporting = page.getByRole('dialog', { name: 'Export movie' });
  await exporting.getByRole('radio', { name: 'HEVC' }).check();
  await exporting.getByRole('button', { name: 'Export', exact: true }).click();
  await jobs.getByRole('button', { name: /^Pause: .*film/ }).waitFor();

  await desktop.evaluate(({ dialog, app }) => {
    const questions: string[] = [];
    Object.assign(globalThis, { questions });
    dialog['showMessageBox'] = (...args) => {
      questions.push((args.at(-1) as { message: string }).message);
      return Promise.resolve({ response: questions.length - 1 }); // first "Keep working", then "Quit"
    };
    app.quit();
  }, null);
  await expect.poll(() => desktop.evaluate(() => (globalThis as unknown as { questions: readonly string[] }).questions, null), timeout).toEqual(['A job is running.']);
  await jobs.getByRole('button', { name: /^Pause: .*film/ }).waitFor();
  const ended = once(desktop.process(), 'exit');
  await desktop.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); }, null);
  expect((await ended)[0]).toBe(0);
  expect(complaints).toEqual([]);
  expect(log()).not.toMatch(/uncaught|not handled|closing failed|took too long/);

  desktop = await launchDesktop(place, []); // what was opened last
  expect((await desktop.firstWindow()).url()).toContain('other.stringout');
  await chooseInMenu('recent.1');
  await expect.poll(() => desktop.windows().length, timeout).toBe(2);
  const reopened = desktop.windows().find((window) => window.url().includes('film.stringout'));
  await reopened?.getByRole('button', { name: 'Jobs' }).first().click();
  await reopened?.getByRole('button', { name: /^Go on: .*film/ }).waitFor();
  expect(reopened).toBeDefined();
});
