/** Paths as the URLs that editors' XML wants. */

/** A URL is kept as it stands; an absolute path gets `root` (`file://` or `file://localhost`) before it; a relative one is encoded. */
export function fileUrl(path: string, root: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path) || path === '') return path;
  const isWindows = /^[a-z]:[\\/]/i.test(path);
  const encoded = (isWindows ? path.replaceAll('\\', '/') : path).split('/').map((part, index) => (isWindows && index === 0 ? part : encodeURIComponent(part))).join('/');
  return isWindows || path.startsWith('/') ? `${root}${isWindows ? '/' : ''}${encoded}` : encoded;
}

/** Of an image sequence's first file. */
export function firstFile(media: { readonly folder: string; readonly prefix: string; readonly suffix: string; readonly padding: number; readonly first: number }): string {
  return `${media.folder === '' ? '' : media.folder.replace(/\/?$/, '/')}${media.prefix}${String(media.first).padStart(media.padding, '0')}${media.suffix}`;
}
