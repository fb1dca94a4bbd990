/** Who may import whom, as ARCHITECTURE.md draws it. An exception is added here, with its reason, or not at all. */
import type { IForbiddenRuleType } from 'dependency-cruiser';

type Rule = IForbiddenRuleType & { readonly comment: string };

/** Bottom to top; each layer may import itself and what stands before it. */
const layers: readonly (readonly string[])[] = [
  ['app/base'],
  ['app/domain'],
  ['app/contract', 'app/interchange'],
  ['app/rpc', 'app/storage'],
  ['app/services'],
  ['app/performance'],
  ['app/handlers'],
  ['app/headless', 'main'],
];

const inFolders = (folders: readonly string[]): string => `^(?:${folders.join('|')})/`;

const layerRules = layers.slice(0, -1).map((own, index): Rule => ({
  name: `layer-${own.map((folder) => folder.split('/').pop()).join('-')}`,
  comment: `${own.join(', ')} may import only what lies below it`,
  severity: 'error',
  from: { path: inFolders(own) },
  to: { path: inFolders([...layers.slice(index + 1).flat(), 'native', 'renderer', 'main', 'bench', 'e2e', 'scripts']) },
}));

/** A package that only one folder may import. */
const fenced = (name: string, packagePath: string, folder: string, reason: string): Rule => ({
  name: `only-${folder.replaceAll('/', '-')}-imports-${name}`,
  comment: reason,
  severity: 'error',
  from: { pathNot: [`^${folder}/`] },
  to: { path: packagePath },
});

export const dependencyRules: readonly Rule[] = [
  ...layerRules,
  {
    name: 'native-below-app',
    comment: 'native/ knows values and the worker contract; the app reaches it only by starting native/worker',
    severity: 'error',
    from: { path: '^native/' },
    to: { path: '^(?:app|main|renderer|bench|e2e)/', pathNot: '^app/(?:base|domain|contract)/' },
  },
  {
    name: 'renderer-below-app',
    comment: 'the renderer is sandboxed: values, the contract and its protocol, no services, no Node',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^(?:app|main|native|bench|e2e|scripts)/', pathNot: '^app/(?:base|domain|contract|rpc)/' },
  },
  {
    name: 'headless-is-a-leaf',
    comment: 'a host puts the app together; nobody imports a host (but the launcher that starts it, and end-to-end tests)',
    severity: 'error',
    from: { pathNot: ['^app/headless/', '^scripts/stringout\\.mjs$', '^e2e/'] },
    to: { path: '^app/headless/' },
  },
  {
    name: 'main-imports-no-other-host',
    comment: 'the two hosts share the app, not each other',
    severity: 'error',
    from: { path: '^app/headless/' },
    to: { path: '^(?:native|renderer|main|bench|e2e)/' },
  },
  fenced('node-av', '(?:^|/)node_modules/(?:node-av|@seydx)/', 'native/av', 'its traps end the process (docs/DEPENDENCIES.md): one thin wrapper rules them out'),
  fenced('better-sqlite3', '(?:^|/)node_modules/better-sqlite3/', 'app/storage', 'one place for SQL'),
  fenced('koffi', '(?:^|/)node_modules/koffi/', 'native/copy', 'foreign calls stay where the copying is'),
  fenced('electron', '(?:^|/)node_modules/electron/|^electron$', 'main', 'everything else runs without it'),
  {
    name: 'light-paths-stay-light',
    comment: 'indexing ISO files and writing movies must not load the media libraries: it would cost more than the work',
    severity: 'error',
    from: { path: '^native/(?:isobmff|bitstream|copy)/', pathNot: '\\.test\\.ts$' },
    to: { path: '^native/av/|(?:^|/)node_modules/zod/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'no-cycles',
    comment: 'a cycle is one module in several files',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'resolvable',
    comment: 'an import that leads nowhere',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'no-development-packages-in-the-product',
    comment: 'the demo and users run with production packages alone',
    severity: 'error',
    from: { path: '^(?:app|native|main|renderer)/', pathNot: '\\.test\\.ts$|/(?:fixtures|testing)/|vite\\.config\\.ts$' },
    // Electron stands among the development packages because electron-builder packs it by itself.
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '(?:^|/)node_modules/electron/' },
  },
];
