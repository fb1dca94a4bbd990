/** Small parts of paths and texts that several lists share. */

/** The part behind the last slash of either kind. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** Without its extension. */
export function stem(path: string): string {
  return fileName(path).replace(/\.[^.]*$/, '');
}
