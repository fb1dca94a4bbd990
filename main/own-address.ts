/** Interface and media come from one scheme and one origin of our own; these say what is ours. */

export const scheme = 'app';
const host = 'bundle';

export function addressFor(project: string): string {
  return `${scheme}://${host}/?${new URLSearchParams({ project }).toString()}`;
}

/** Whether the address is a page or file of ours. What cannot be parsed is not. */
export function isOwn(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${scheme}:` && url.host === host;
}

/** What a page may load: ours, and what it made itself. Developer tools load their own. */
export function isAllowedRequest(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  if (url.protocol === 'blob:') return isOwn(url.pathname);
  return isOwn(address) || url.protocol === 'data:' || url.protocol === 'devtools:';
}
