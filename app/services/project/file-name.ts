/** No file system takes these in a name. */
export function fileNameOf(name: string): string {
  return Array.from(name, (letter) => (letter < ' ' || '<>:"/\\|?*'.includes(letter) ? '_' : letter)).join('').slice(0, 120);
}
