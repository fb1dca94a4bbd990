import type { EventPayload } from '../../contract/editor/commands.ts';

export function noticeOf(text: string): EventPayload<'notice'> {
  return { level: 'info', text };
}
