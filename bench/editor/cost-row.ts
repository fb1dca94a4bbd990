/** From an edit to the new plan of all clips. */
import { eventThat } from '../../e2e/fixtures/served-editor.ts';
import type { RowResult } from '../results.ts';
import { editorResult } from './editor-result.ts';
import { LongProject } from './long-project.ts';
import { quantile } from './quantile.ts';

const edits = 40;

export async function costRow(isQuick: boolean): Promise<RowResult> {
  await using project = await LongProject.make(isQuick ? 400 : 4000, 1, 40);
  const { client } = project;
  await client.call('cost.get', {});
  const { clips } = await client.call('project.load', {});
  const [first] = clips;
  const times: number[] = [];
  for (let i = 0; i < edits; i++) {
    const began = performance.now();
    const planned = eventThat(client, 'cost.changed', ({ revision }) => revision > 0);
    const { revision } = await client.call('project.edit', { edit: { kind: 'slip', clipIds: first ? [first.id] : [], frames: i % 2 === 0 ? 1 : -1 } });
    let cost = await planned;
    while (cost.revision < revision) cost = await eventThat(client, 'cost.changed', ({ revision: now }) => now >= revision);
    times.push(performance.now() - began);
    // Coalesced events come ten times a second at most: what is measured is one edit, not ten.
    await new Promise((resolve) => { setTimeout(resolve, 150); });
  }
  return editorResult('editor-cost', 'The cost bar after an edit of one of 2,000 clips', `${edits} edits, from the call to the event with the new plan, over the web socket.`, [
    { label: 'median', unit: 'ms', limit: 100, value: quantile(times, 0.5) },
    { label: '95th percentile', unit: 'ms', limit: 150, value: quantile(times, 0.95) },
  ]);
}
