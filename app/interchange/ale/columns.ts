/** Columns of an ALE that mean something to us, under the names that programs give them. The first that a file has is the one. */
export type Role = 'name' | 'reel' | 'start' | 'end' | 'duration' | 'scene' | 'take' | 'note' | 'path' | 'file' | 'grade' | 'saturation';

const names: Readonly<Record<Role, readonly string[]>> = {
  name: ['Name', 'Clip Name'], reel: ['Tape', 'Reel', 'Reel Name', 'Tape Name'], start: ['Start', 'Start TC'], end: ['End', 'End TC'], duration: ['Duration'],
  scene: ['Scene'], take: ['Take'], note: ['Comments', 'Comment'], path: ['UNC Path', 'UNC', 'Source File Path', 'File Path'],
  file: ['Source File', 'Source File Name', 'Filename', 'File Name'], grade: ['ASC_SOP'], saturation: ['ASC_SAT'],
};

export const roles = Object.keys(names) as readonly Role[];

/** Its name where a file does not have it yet. */
export function usualName(role: Role): string {
  return names[role][0] ?? role;
}

/** Place among `columns`; -1: it has none. */
export function placeOf(role: Role, columns: readonly string[]): number {
  const lower = columns.map((column) => column.trim().toLowerCase());
  return names[role].map((name) => lower.indexOf(name.toLowerCase())).find((place) => place >= 0) ?? -1;
}
