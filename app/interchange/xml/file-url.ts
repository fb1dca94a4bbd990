/** Paths as the URLs that editors' XML wants. */

/** URLs and relative paths are kept as they stand; an absolute path gets `root` (`file://` or `file://localhost`) before it. */
export function fileUrl(path: string, root: string): string {
  const isWindows = /^[a-z]:[\\/]/i.test(path);
  if (!isWindows && !path.startsWith('/')) return path;
  const parts = path.replaceAll(isWindows ? '\\' : '/', '/').split('/');
  return `${root}${isWindows ? '/' : ''}${parts.map((part, index) => (isWindows && index === 0 ? part : encodeURIComponent(part))).join('/')}`;
}

/** Of an image sequence's first file. */
export function firstFile(media: { readonly folder: string; readonly prefix: string; readonly suffix: string; readonly padding: number; readonly first: number }): string {
  return `${media.folder === '' ? '' : media.folder.replace(/\/?$/, '/')}${media.prefix}${String(media.first).padStart(media.padding, '0')}${media.suffix}`;
}
