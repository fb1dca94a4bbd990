/**
 * Builds what Electron runs into out/: the interface (renderer/), the main process and its preload script (main/), the workers (native/worker).
 * A part whose inputs have not changed is left as it is. Run by itself it builds all of them; `npm start` does so before it starts.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as viteBuild, type InlineConfig } from 'vite';
import { root } from './lib/node24.mjs';
import { withSetupLock } from './lib/setup-lock.mjs';

/** Loaded from node_modules as they are: native code, and what must find its own files. */
const nativePackages = ['better-sqlite3', 'node-av', 'koffi'];
const shared = ['app/base', 'app/domain', 'app/contract'];

type Part = { readonly name: 'renderer' | 'main' | 'worker'; readonly inputs: readonly string[]; build(): Promise<void> };

const parts: readonly Part[] = [
  { name: 'renderer', inputs: ['renderer', ...shared, 'app/rpc'], build: () => run({ configFile: join(root, 'renderer/vite.config.ts') }) },
  { name: 'worker', inputs: ['native', ...shared], build: () => run(nodeBundle('native/worker/entry.ts', 'out/worker')) },
  {
    name: 'main', inputs: ['main', 'app', 'resources'],
    build: async () => {
      await run(nodeBundle('main/main.ts', 'out/main'));
      await run(preloadBundle());
      cpSync(join(root, 'resources/icon.png'), join(root, 'out/main/icon.png'));
    },
  },
];

/** Names of the parts that were built now. Two at a time wait for each other. */
export async function buildApplication(): Promise<readonly string[]> {
  const built: string[] = [];
  await withSetupLock(async () => {
    for (const part of parts) {
      const hash = hashOf(part);
      if (hash === builtHash(part)) continue;
      await part.build();
      writeStamp(part, hash);
      built.push(part.name);
    }
  }, join(root, 'out/build.lock'));
  return built;
}

/** ES modules for Node, with everything but native packages in them: it starts quickly, and a package of ours holds no sources. */
function nodeBundle(entry: string, outDir: string): InlineConfig {
  return {
    configFile: false, root, publicDir: false,
    ssr: { noExternal: true, external: ['electron', ...nativePackages], target: 'node' },
    build: {
      ssr: join(root, entry), outDir: join(root, outDir), emptyOutDir: true, target: 'node24', minify: false, sourcemap: false, copyPublicDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  };
}

/** CommonJS in one file: the sandbox loads nothing else. */
function preloadBundle(): InlineConfig {
  const config = nodeBundle('main/preload.ts', 'out/main');
  return { ...config, build: { ...config.build, emptyOutDir: false, rolldownOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs' } } } };
}

async function run(config: InlineConfig): Promise<void> {
  await viteBuild({ ...config, logLevel: 'warn' });
}

const stampPath = (part: Part): string => join(root, 'out', part.name, '.built-from');

function builtHash(part: Part): string | null {
  const path = stampPath(part);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Last, and whole: a build that was killed is not taken for one. */
function writeStamp(part: Part, hash: string): void {
  const temporary = `${stampPath(part)}.tmp`;
  mkdirSync(join(root, 'out', part.name), { recursive: true });
  rmSync(temporary, { force: true });
  writeFileSync(temporary, hash);
  renameSync(temporary, stampPath(part));
}

/** Of every file that goes in, the packages' versions and this script. */
function hashOf({ inputs }: Part): string {
  const hash = createHash('sha256');
  const files = inputs.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.tmp$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name)));
  for (const file of [...files, join(root, 'package-lock.json'), join(root, 'scripts/build.ts')].toSorted()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

if (import.meta.main) {
  const built = await buildApplication();
  process.stdout.write(built.length === 0 ? 'built already\n' : `built: ${built.join(', ')}\n`);
}
