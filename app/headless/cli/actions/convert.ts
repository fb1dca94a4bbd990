import { labelOf } from '../../../interchange/formats.ts';
import { openTimeline } from '../../../services/interchange/open-timeline.ts';
import { saveTimeline } from '../../../services/interchange/save-timeline.ts';
import { makeOutput, printable } from '../output.ts';
import { sourceRateOf, type TimelineOptions } from '../timeline-options.ts';
import { diagnosticLines } from './info.ts';

/** Losses are told, and no failure: what the target cannot carry was to be expected. */
export async function convertAction(from: string, to: string, options: TimelineOptions): Promise<number> {
  const sourceRate = sourceRateOf(options);
  const output = makeOutput(options.json);
  const opened = await openTimeline(from, { sourceRate });
  const { path, format, losses, isReplaced } = await saveTimeline(opened, to);
  output.event({
    event: 'converted', input: opened.path, output: path, from: opened.format, to: format, events: opened.events, replaced: isReplaced, losses, diagnostics: opened.diagnostics,
  });
  // Standard output names what was made; what was lost on the way stands where warnings do.
  output.line(`${printable(path)}  ${labelOf(format)}, ${opened.events} ${opened.events === 1 ? 'event' : 'events'} from ${labelOf(opened.format)}`);
  if (options.json) return 0;
  if (isReplaced) process.stderr.write(`note: ${printable(path)} was there already and is replaced\n`);
  for (const line of diagnosticLines(opened.diagnostics)) process.stderr.write(`note: ${line}\n`);
  for (const { element, message } of losses) process.stderr.write(`lost: ${printable(element)}: ${printable(message)}\n`);
  return 0;
}
