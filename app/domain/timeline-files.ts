/** What timeline files are called. */
export const timelineExtensions = ['otio', 'otioz', 'otiod', 'edl', 'xml', 'fcpxml', 'fcpxmld', 'ale', 'csv', 'tsv'] as const;

const pattern = new RegExp(`\\.(?:${timelineExtensions.join('|')})$`, 'i');

/** By the name alone: what lies in it is recognised when it is opened. */
export function isTimelineFile(path: string): boolean {
  return pattern.test(path);
}

/** Of a folder: it is one timeline with its media. */
export function isTimelineFolder(path: string): boolean {
  return /\.(?:otiod|fcpxmld)$/i.test(path);
}
