/** The formats in which the sequence is offered as a timeline, told by the name's ending. Pure. */
export const timelineFormats = ['otio', 'edl', 'xml', 'fcpxml', 'csv', 'ale'] as const;
export type TimelineFormat = (typeof timelineFormats)[number];

/** Null: the name ends in none of them. */
export function timelineFormatOf(path: string): TimelineFormat | null {
  return timelineFormats.find((format) => path.toLowerCase().endsWith(`.${format}`)) ?? null;
}

/** Another ending; what the user wrote before it stays. */
export function withTimelineFormat(path: string, format: string): string {
  return timelineFormatOf(path) === null ? `${path}.${format}` : path.replace(/\.[^.]+$/, `.${format}`);
}
